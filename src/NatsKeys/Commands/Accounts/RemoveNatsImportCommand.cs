using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Takes an import away from an account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Import, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsImportCommand : EditItemCmdlet<NatsImport>
{
    /// <summary>The subjects on the exporter's side.</summary>
    [Parameter(
        ParameterSetName = ByAccount, Mandatory = true, Position = 0,
        HelpMessage = "The subjects in the exporting account, exactly as they are in the imports.")]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImportSubjectCompleter))]
    public string[] Subject { get; set; } = [];

    /// <summary>Whether the stream or the service is meant, where both have the subject.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    /// <summary>The account that exports, where several export the subject.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument? From { get; set; }

    /// <summary>The subject on the importer's side, where the account imports the subject more than once.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LocalSubjectCompleter))]
    public string? LocalSubject { get; set; }

    private protected override void ProcessItem() => Each(RequiredSubjects(Subject, InputObject?.Subject), Remove);

    private void Remove(string subject)
    {
        NatsAccount account = ResolveAccount();
        Find(account, subject);
        Edit(
            account,
            $"Remove the import '{subject}' and sign again",
            entity => entity.Claims.Imports.Remove(Find(entity, subject)));
    }

    private AccountKeyArgument? Exporter => TypedOrCell(nameof(From), null) is { } exporter ? new(exporter) : From;

    /// <summary>The import in the newest state of its account.</summary>
    private AccountImport Find(NatsAccount account, string subject) => InputObject is { } import
        ? account.FindImport(import.Subject!, import.Type, import.Exporter, import.LocalSubject ?? "")
        : account.FindImport(
            subject, ItemType(Type), Exporter?.Key(account.Store, account.Operator), TypedOrCell(nameof(LocalSubject), LocalSubject));
}
