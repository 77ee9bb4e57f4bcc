using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Signs an activation: the permission of an account to import what another account exports privately.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Activation, SupportsShouldProcess = true, DefaultParameterSetName = BySubject)]
[OutputType(typeof(NatsJwt))]
public sealed class NewNatsActivationCommand : SigningCmdlet
{
    private const string BySubject = "Subject";
    private const string ByExport = "Export";

    /// <summary>The private export, as Get-NatsExport returns it.</summary>
    [Parameter(
        ParameterSetName = ByExport, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The private export, as Get-NatsExport returns it.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NatsExport? Export { get; set; }

    /// <summary>The exporting account, or one of its signing keys, which then signs. Not needed if there is only one account.</summary>
    [Parameter(ParameterSetName = BySubject, ValueFromPipeline = true)]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter(ParameterSetName = BySubject)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The subject that may be imported. With <see cref="Export"/>, a part of the exported subject; the default is all of it.</summary>
    [Parameter(ParameterSetName = BySubject, Mandatory = true, Position = 0, HelpMessage = "The subject that may be imported.")]
    [Parameter(ParameterSetName = ByExport, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportSubjectCompleter))]
    public string? Subject { get; set; }

    /// <summary>The account that may import: an object, a name, or the public key of an account that need not be in the store.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The account that may import.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument? TargetAccount { get; set; }

    /// <summary><c>Stream</c> or <c>Service</c>; needed only if both have the subject.</summary>
    [Parameter(ParameterSetName = BySubject)]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    /// <summary>When the activation expires: a date, a duration such as <c>30d</c>, or <c>Never</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? Expires { get; set; }

    /// <summary>The time before which the activation is not valid: a date or a duration.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? NotBefore { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountSignerCompleter))]
    public override SigningKeyArgument? SigningKey { get; set; }

    private protected override object? CurrentItem => Export ?? (object?)Subject;

    private protected override void ProcessItem()
    {
        NatsAccount exporter = Export is null
            ? AccountArgument.Resolve(Account, Operator, Stores.Open)
            : Export.GetAccount().Newest();
        var request = new ActivationRequest(Subject ?? Export!.Subject!, TargetAccount!.Key(exporter.Store, exporter.Operator))
        {
            Type = Export?.Type ?? ClaimNames.FoldOrNull(Type),
            Expires = Expires?.Resolve(),
            NotBefore = NotBefore?.Resolve(),
            SigningKey = ChosenKey(Account?.SigningKey),
        };
        if (Changes.Perform($"'{request.Subject}' of {exporter.Path} for {TargetAccount}",
            "Sign an activation", () => Activate(exporter, request)) is { } activation)
        {
            WriteObject(activation);
        }
    }

    private NatsJwt? Activate(NatsAccount exporter, ActivationRequest request)
    {
        if (!Changes.IsRehearsing)
        {
            return Changes.Editor(exporter.Store).Activate(exporter, request);
        }

        Changes.Editor(exporter.Store).RequireActivation(exporter, request);
        return null;
    }
}
