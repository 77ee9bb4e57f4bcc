using System.Security.Cryptography;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Credentials to copy, byte for byte, to where the store keeps those of their user.</summary>
internal class ImportedCredential(NatsStore store, string file, EntityPath user, string target, bool overwrite) : ImportItem(store, file)
{
    public override bool IsNeeded()
    {
        byte[] content = Read();
        byte[] kept = SafeFiles.Read(target, FileKind.Credential) ?? [];
        try
        {
            if (content.AsSpan().SequenceEqual(kept))
            {
                return false;
            }

            return kept.Length == 0 || overwrite
                ? true
                : throw SourceFault.Of(
                    ErrorCode.FileExists, File, $"The file '{target}' already has other credentials of {user}", Remedy.Overwrite);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            CryptographicOperations.ZeroMemory(kept);
        }
    }

    public override NatsEntity? Import(CancellationToken cancellation = default)
    {
        if (!IsNeeded())
        {
            return null;
        }

        byte[] content = Read();
        try
        {
            using var journal = new BriefJournal(KeyRootLayout.RootOfCredentials(Store.CredentialRoot!));
            SafeFiles.Write(target, content, secret: true, overwrite, staging: journal);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public override string ToString() => $"credentials of {user}";

    /// <summary>A copy of the content, which is cleared after use.</summary>
    private protected virtual byte[] Read() =>
        SafeFiles.Read(File, FileKind.Credential) ?? throw SourceFault.Of(ErrorCode.FileNotFound, File, "It no longer exists");
}
