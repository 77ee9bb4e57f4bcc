using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>What follows a change in the key root of the machine that made it. It can be done twice, and after an interruption it is.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Path">The entity whose credentials are meant; null for a key.</param>
/// <param name="Target">Where its credentials go; null where they stay.</param>
/// <param name="PublicKey">The key; null for credentials.</param>
internal sealed record LocalStep(LocalAction Action, EntityPath? Path = null, EntityPath? Target = null, string? PublicKey = null) : IDisposable
{
    private NatsKeyPair? newKey;

    /// <summary>The token that the credentials get; null where the store knows it.</summary>
    public string? Token { get; private init; }

    /// <summary>Has the credentials of a user hold a new token, and its new key where it has one, of which a copy is taken.</summary>
    public static LocalStep Renewal(EntityPath path, string token, NatsKeyPair? newKey) =>
        new(LocalAction.Renew, path) { Token = token, newKey = newKey?.Copy() };

    /// <summary>Whether there is anything to do, as far as one can see.</summary>
    public bool IsNeeded(NatsStore store) => Action == LocalAction.Forget
        ? store.Keys.Contains(PublicKey!)
        : CredentialFile.PlaceOf(store, Path!) is { } place && System.IO.Path.Exists(place);

    /// <summary>Does it.</summary>
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
