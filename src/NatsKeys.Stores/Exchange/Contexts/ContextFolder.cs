using System.Text;
using NatsKeys.Files;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>The folder of natscli's contexts, and the file that names the selected context.</summary>
internal static class ContextFolder
{
    private const string RootVariable = "XDG_CONFIG_HOME";

    private static string Root
    {
        get
        {
            // natscli uses this variable on every system, and its default is the same on Windows and macOS.
            string root = RootVariables.Find(RootVariable) is { } named
                ? Path.GetFullPath(named)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
            return Path.Combine(root, "nats");
        }
    }

    /// <summary>The file of a context.</summary>
    /// <param name="name">The context's name.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/>: natscli rejects the name, or it is not a valid file name.</exception>
    public static string PathOf(string name) => Path.Combine(Root, "context", $"{Check(name)}.json");

    /// <summary>Checks the name of a context.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/>: natscli rejects the name, or it is not a valid file name.</exception>
    public static string Check(string name) => name.Contains("..", StringComparison.Ordinal)
        ? throw new NatsKeysException(
            ErrorCode.InvalidName, $"'{name}' cannot be the name of a context: natscli does not accept names with two dots.")
        : EntityName.CheckFile(name);

    /// <summary>Fails if the context exists. This is checked before the files that belong to it are written.</summary>
    /// <param name="path">The file of a context.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/>.</exception>
    public static void RequireFree(string path) => SafeFiles.RequireFree(path);

    /// <summary>Reads the file of a context; null if it does not exist.</summary>
    /// <param name="path">The file of a context.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/> or <see cref="ErrorCode.FileTooLarge"/>.</exception>
    public static byte[]? Read(string path) => SafeFiles.Read(path, FileKind.Context);

    /// <summary>Writes a context so that only its owner can read it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text of the context.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(string path, string text, bool overwrite) =>
        SafeFiles.Write(path, Encoding.UTF8.GetBytes(text), secret: true, overwrite);

    /// <summary>Selects the context that natscli uses by default. The previous selection is remembered, as natscli does.</summary>
    /// <param name="name">The context's name.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Select(string name)
    {
        string selected = Path.Combine(Root, "context.txt");
        if (SafeFiles.Read(selected, FileKind.ContextName) is { Length: > 0 } previous)
        {
            SafeFiles.Write(Path.Combine(Root, "previous-context.txt"), previous, secret: true);
        }

        Write(selected, name, overwrite: true);
    }
}
