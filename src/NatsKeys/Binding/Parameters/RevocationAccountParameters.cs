using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// A user and an account cannot both be the same piped text. So accounts come from the pipeline only if the users or the export were typed.

/// <summary>The account of the cmdlet that adds revocations, if users, exports or rows are piped, or nothing.</summary>
public class RevocationAccountParameters
{
    /// <summary>The revoking account. Not needed if there is only one, or if a user or export comes as an object.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }
}

/// <summary>The same parameter if accounts are piped.</summary>
public sealed class PipedRevocationAccountParameters : RevocationAccountParameters
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [EntityInput(typeof(AccountArgument), IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }
}

/// <summary>The account of the cmdlet that lifts revocations, if users, exports or rows are piped, or nothing.</summary>
public class LiftedAccountParameters
{
    /// <inheritdoc cref="RevocationAccountParameters.Account"/>
    [Parameter(ParameterSetName = RevocationSets.OfUser)]
    [Parameter(ParameterSetName = RevocationSets.OfExport)]
    [Parameter(ParameterSetName = RevocationSets.OfRow)]
    [Parameter(ParameterSetName = RevocationSets.AllStale, ValueFromPipeline = true)]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }
}

/// <summary>The same parameter if accounts are piped.</summary>
public sealed class PipedLiftedAccountParameters : LiftedAccountParameters
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = RevocationSets.OfUser, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = RevocationSets.OfExport, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = RevocationSets.OfRow)]
    [Parameter(ParameterSetName = RevocationSets.AllStale, ValueFromPipeline = true)]
    [EntityInput(typeof(AccountArgument), IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }
}

/// <summary>The parameter sets of the cmdlets for revocations.</summary>
internal static class RevocationSets
{
    public const string OfUser = "User";
    public const string OfExport = "Export";
    public const string OfRow = "Row";
    public const string AllStale = "Stale";
}
