using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// A step that follows a change, in the key root of the machine that made it. It can be repeated, as happens after an interruption.
/// </summary>
/// <param name="Action">The action.</param>
/// <param name="Path">The entity whose credentials change; null for a key.</param>
/// <param name="Target">The new path of the entity; null unless it is moved.</param>
/// <param name="PublicKey">The public key; null for credentials.</param>
internal sealed record LocalStep(LocalAction Action, EntityPath? Path = null, EntityPath? Target = null, string? PublicKey = null) : IDisposable
{
    private NatsKeyPair? newKey;

    /// <summary>The token for the credentials; null to use the token in the store.</summary>
    public string? Token { get; private init; }

    /// <summary>Creates a step that writes a user's new token to its credentials, with a copy of its new key, if any.</summary>
    public static LocalStep Renewal(EntityPath path, string token, NatsKeyPair? newKey) =>
        new(LocalAction.Renew, path) { Token = token, newKey = newKey?.Copy() };

    /// <summary>Whether there seems to be anything to do.</summary>
    public bool IsNeeded(NatsStore store) => Action == LocalAction.Forget
        ? store.Keys.Contains(PublicKey!)
        : CredentialFile.PlaceOf(store, Path!) is { } place && System.IO.Path.Exists(place);

    /// <summary>Performs the step.</summary>
    /// <exception cref="NatsKeysException">A file cannot be written.</exception>
    public void Do(BucketStore store)
    {
        if (Action == LocalAction.Forget)
        {
            store.Keys.Remove(PublicKey!);
            return;
        }

        store.ChangeFiles(files =>
        {
            switch (Action)
            {
                case LocalAction.Remove:
                    CredentialFile.Remove(files, store, Path!);
                    break;
                case LocalAction.Move:
                    CredentialFile.Move(files, store, Path!, Target!);
                    break;
                default:
                    Renew(files, store);
                    break;
            }
        });
    }

    public void Dispose() => newKey?.Dispose();

    private void Renew(FileTransaction files, BucketStore store)
    {
        if (Token is not null)
        {
            CredentialFile.Renew(files, store, Path!, Token, newKey);
        }
        else if (store.FindReadable(Path!) is NatsUser { Jwt: { } token, Subject: { } subject })
        {
            using NatsKeyPair? kept = store.Keys.Contains(subject) ? store.Keys.Find(subject) : null;
            CredentialFile.Renew(files, store, Path!, token, kept);
        }
    }
}
