using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Lifts revocations, or prunes redundant ones.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Revocation, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsRevocationCommand : RevocationCmdlet, IDynamicParameters
{
    private const string ByObject = "InputObject";
    private const string AllStale = RevocationSets.AllStale;
    private LiftedAccountParameters given = new();

    /// <summary>The revocation, as Get-NatsRevocation returns it.</summary>
    [Parameter(
        ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The revocation, as Get-NatsRevocation returns it.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NatsRevocation? InputObject { get; set; }

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter(ParameterSetName = OfUser)]
    [Parameter(ParameterSetName = OfExport)]
    [Parameter(ParameterSetName = OfRow)]
    [Parameter(ParameterSetName = AllStale)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>Removes the entries that the revocation of all users, or of all accounts of an export, makes redundant.</summary>
    [Parameter(
        ParameterSetName = AllStale, Mandatory = true,
        HelpMessage = "Removes the entries that the revocation of all users, or of all accounts of an export, makes redundant.")]
    public SwitchParameter Stale { get; set; }

    /// <summary>Gets the parameter for the account, which may be piped if the users or the export are typed.</summary>
    public object GetDynamicParameters() => given = IsAccountPiped ? new PipedLiftedAccountParameters() : new LiftedAccountParameters();

    private AccountArgument? Account => given.Account;

    private protected override object? CurrentItem => InputObject ?? base.CurrentItem ?? Account;

    private protected override void ProcessOne()
    {
        if (ParameterSetName == AllStale)
        {
            Edit(ResolveAccount(Account, Operator), "Remove stale revocations and sign again", entity => entity.CompactRevocations());
            return;
        }

        NatsAccount account = InputObject is null
            ? ResolveAccount(Account, Operator)
            : InputObject.GetAccount().Newest();
        string key = InputObject?.PublicKey ?? ResolveKey(account).Key;
        EntityChangeResult<NatsAccount>? change = Edit(
            account,
            $"Lift the revocation of {Named(key)} and sign again",
            entity => entity.RemoveRevocation(Choose(entity), key));
        if (change is { IsChanged: true } && (key == Revocations.All || !Choose(change.Entity).ContainsKey(Revocations.All)))
        {
            WriteWarning(
                $"Tokens of {(key == Revocations.All ? "all users" : Named(key))} that were refused become valid again as soon as servers have the "
                    + $"new {account.Path}.");
        }
    }

    /// <summary>Who is let in again, for messages.</summary>
    private string Named(string key) => InputObject is { } revocation
        ? $"{revocation.Revoked}{(revocation.Export is null ? "" : $" for '{revocation.Export}'")}"
        : Shown(key);

    private ClaimTable<long> Choose(NatsAccount account) => InputObject?.GetExport() is { } export
        ? account.FindExport(export.Subject!, export.Type).Revocations
        : ListOf(account);
}
