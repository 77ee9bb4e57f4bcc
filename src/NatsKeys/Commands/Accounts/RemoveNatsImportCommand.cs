using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes imports of an account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Import, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsImportCommand : EditItemCmdlet<NatsImport>
{
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

    /// <summary>The subject in the importing account, if it imports the subject more than once.</summary>
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

    /// <summary>Finds the import in a state of the account.</summary>
    private AccountImport Find(NatsAccount account, string subject) => InputObject is { } import
        ? account.FindImport(import.Subject!, import.Type, import.Exporter, import.LocalSubject ?? "")
        : account.FindImport(
            subject, ItemType(Type), Exporter?.Key(account.Store, account.Operator), TypedOrCell(nameof(LocalSubject), LocalSubject));
}
