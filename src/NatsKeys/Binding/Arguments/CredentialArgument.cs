using NatsKeys.Errors;
using NatsKeys.Exchange;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>Credentials to connect with: an object, the path of a credentials file, or a user of the store.</summary>
public sealed class CredentialArgument : IArgument
{
    private readonly Func<Func<string, string>, Func<NatsStore>, Func<NatsStore, KeyRing>, NatsCredential> open;
    private readonly string shown;

    /// <summary>Creates the argument from credentials.</summary>
    /// <param name="credential">The credentials.</param>
    public CredentialArgument(NatsCredential credential)
    {
        open = (_, _, _) => credential.Copy();
        shown = credential.ToString();
    }

    /// <summary>Creates the argument from a user and the key in its store.</summary>
    /// <param name="user">The user.</param>
    public CredentialArgument(NatsUser user)
    {
        User = user;
        open = (_, _, keysOf) => keysOf(user.Store).CredentialOf(user.Newest());
        shown = user.Path.ToString();
    }

    /// <summary>Creates the argument from a credentials file.</summary>
    /// <param name="file">The file.</param>
    public CredentialArgument(FileInfo file)
    {
        open = (_, _, _) => CredentialFile.Read(file.FullName);
        shown = file.FullName;
    }

    /// <summary>
    /// Creates the argument from the path of a credentials file, or the name of a user. If the file exists, it is used, even if a user has this name.
    /// </summary>
    /// <param name="text">The path, or the name: <c>account/user</c> or <c>operator/account/user</c>.</param>
    public CredentialArgument(string text)
    {
        open = (fullPath, openStore, keysOf) =>
        {
            FileLineException.Check(text);
            return Named(text, fullPath(text), openStore) is { } user
                ? keysOf(user.Store).CredentialOf(user)
                : CredentialFile.Read(fullPath(text));
        };
        shown = text;
    }

    /// <summary>The user of a store; null if the credentials are not from a store.</summary>
    internal NatsUser? User { get; }

    object IArgument.Given => User ?? (object)ToString();

    /// <summary>The user or the path, for messages.</summary>
    public override string ToString() => TextSource.Show(shown);

    /// <summary>Opens the credentials. The caller disposes them.</summary>
    internal NatsCredential Open(Func<string, string> fullPath, Func<NatsStore> openStore, Func<NatsStore, KeyRing> keysOf) =>
        open(fullPath, openStore, keysOf);

    /// <summary>Finds the user that a text names; null if the text is the path of a file.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>: it is neither. Or <see cref="ErrorCode.EntityAmbiguous"/>.
    /// </exception>
    private static NatsUser? Named(string text, string path, Func<NatsStore> openStore)
    {
        if (Path.Exists(path) || !text.Split('/').All(EntityName.IsValid))
        {
            return null;
        }

        NatsStore store = openStore();
        try
        {
            return store.FindUser(text);
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.EntityNotFound)
        {
            throw new NatsKeysException(
                ErrorCode.FileNotFound,
                $"There is no file '{path}', and no user {SecretShape.Show(text)} in the store {store.Location}{store.Because}.",
                error) { Path = path };
        }
    }
}
