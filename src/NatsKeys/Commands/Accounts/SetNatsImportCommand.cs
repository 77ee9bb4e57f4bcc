using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Changes an import of an account.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.Import, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class SetNatsImportCommand : EditItemCmdlet<NatsImport>, IDynamicParameters
{
    private readonly ImportParameters settings = new();

    /// <summary>The subjects in the exporting account.</summary>
    [Parameter(
        ParameterSetName = ByAccount, Mandatory = true, Position = 0,
        HelpMessage = "The subjects in the exporting account, exactly as they are in the imports.")]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImportSubjectCompleter))]
    public string[] Subject { get; set; } = [];

    /// <summary><c>Stream</c> or <c>Service</c>; needed only if both have the subject.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    /// <summary>The exporting account, if several export the subject.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument? From { get; set; }

    /// <summary>Gets the parameters that the cmdlet shares with Add-NatsImport.</summary>
    public object GetDynamicParameters() => settings;

    private protected override IEnumerable<NatsImport> Items(NatsAccount account) => account.GetImports();

    private protected override void ProcessItem() => Each(RequiredSubjects(Subject, InputObject?.Subject), Set);

    private void Set(string subject)
    {
        NatsAccount account = ResolveAccount();
        Find(account, subject);
        Edit(account, $"Change the import '{subject}' and sign again", entity =>
        {
            AccountImport import = Find(entity, subject);
            settings.ApplyTo(import, Paths.Full, Stopped);
            entity.RequireUnlike(import);
        });
    }

    private AccountKeyArgument? Exporter => TypedOrCell(nameof(From), null) is { } exporter ? new(exporter) : From;

    /// <summary>Finds the import in a state of the account.</summary>
    private AccountImport Find(NatsAccount account, string subject) => InputObject is { } import
        ? account.FindImport(import.Subject!, import.Type, import.Exporter, import.LocalSubject ?? "")
        : account.FindImport(subject, ItemType(Type), Exporter?.Key(account.Store, account.Operator), localSubject: null);
}
