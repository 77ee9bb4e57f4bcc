using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Reads credentials files.</summary>
[Cmdlet(VerbsData.Import, Nouns.Credential, DefaultParameterSetName = ByPath)]
[OutputType(typeof(NatsCredential))]
public sealed class ImportNatsCredentialCommand : PathCmdlet
{
    private protected override void ProcessFile(string path)
    {
        NatsCredential credential = CredentialFile.Read(path);
        if (!credential.Matches)
        {
            WriteWarning(
                $"The seed in '{path}' belongs to {credential.KeyPair.PublicKey}, but the token is for the user {credential.Subject}. Servers will "
                    + "reject these credentials.");
        }

        WriteObject(credential);
    }
}
