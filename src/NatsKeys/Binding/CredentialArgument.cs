using NatsKeys.Credentials;
using NatsKeys.Entities;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>Credentials to connect with: an object, the path of a credentials file, or a user of the store.</summary>
public sealed class CredentialArgument : IArgument
{
    private readonly Func<Func<string, string>, Func<NatsStore, KeyRing>, NatsCredential> open;
    private readonly string shown;

    /// <summary>Takes credentials.</summary>
    /// <param name="credential">The credentials.</param>
    public CredentialArgument(NatsCredential credential)
    {
        open = (_, _) => credential.Copy();
        shown = credential.ToString();
    }

    /// <summary>Takes a user, with the key that its store has.</summary>
    /// <param name="user">The user.</param>
    public CredentialArgument(NatsUser user)
    {
        User = user;
        open = (_, keysOf) => CredentialFile.Of((NatsUser)user.Store.Get(user.Path), keysOf(user.Store));
        shown = user.Path.ToString();
    }

    /// <summary>Takes a credentials file.</summary>
    /// <param name="file">The file.</param>
    public CredentialArgument(FileInfo file)
    {
        open = (_, _) => CredentialFile.Read(file.FullName);
        shown = file.FullName;
    }

    /// <summary>Takes the path of a credentials file.</summary>
    /// <param name="path">The path.</param>
    public CredentialArgument(string path)
    {
        open = (fullPath, _) => CredentialFile.Read(fullPath(path));
        shown = path;
    }

    /// <summary>The user of a store; null for credentials from elsewhere.</summary>
    internal NatsUser? User { get; }

    object IArgument.Given => User ?? (object)ToString();

    /// <summary>The user or the path, for messages.</summary>
    public override string ToString() => SecretShape.Mask(shown);

    /// <summary>The credentials, which the caller disposes.</summary>
    internal NatsCredential Open(Func<string, string> fullPath, Func<NatsStore, KeyRing> keysOf) => open(fullPath, keysOf);
}
