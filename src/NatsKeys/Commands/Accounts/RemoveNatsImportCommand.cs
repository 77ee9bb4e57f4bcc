using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Takes an import away from an account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Import, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsImportCommand : EditImportCmdlet
{
    private protected override void ProcessItem()
    {
        NatsAccount account = ResolveAccount();
        Find(account);
        Edit(
            account,
            $"Remove the import '{ImportedSubject}' and sign again",
            entity => ((NatsAccount)entity).Claims.Imports.Remove(Find((NatsAccount)entity)));
    }
}
