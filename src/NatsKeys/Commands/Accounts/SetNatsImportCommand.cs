using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Changes an import of an account.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.Import, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(NatsAccount))]
public sealed class SetNatsImportCommand : EditImportCmdlet, IDynamicParameters
{
    private readonly ImportParameters settings = new();

    /// <summary>The parameters that it shares with the cmdlet that adds imports.</summary>
    public object GetDynamicParameters() => settings;

    private protected override void ProcessItem()
    {
        NatsAccount account = ResolveAccount();
        Find(account);
        Edit(account, $"Change the import '{ImportedSubject}' and sign again", entity =>
        {
            AccountImport import = Find((NatsAccount)entity);
            settings.ApplyTo(import, FullPath, Stopped);
            ((NatsAccount)entity).RequireUnlike(import);
        });
    }
}
