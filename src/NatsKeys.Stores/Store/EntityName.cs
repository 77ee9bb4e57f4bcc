using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Checks the names of entities: every file system must accept them, and they must not form a path.</summary>
internal static class EntityName
{
    private const int MaximumBytes = 200;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"/\\|?*");

    // Git adds no files from a folder with this name.
    private const string GitFolder = "git~1";

    private const string Unseen = "it has characters that are invisible, look like a space or change the text direction";

    // The characters of most names. Such a name can only be wrong as a device name, which is short, or as a seed.
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly FrozenSet<string> Devices = FrozenSet.ToFrozenSet(
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. "0123456789¹²³".SelectMany(number => new[] { $"COM{number}", $"LPT{number}" }),
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>The extensions of files that stores contain, also beside entities, or that Git ignores in them.</summary>
    private static readonly string[] Endings = [".yaml", ".yml", ".json", ".jwt", ".nk", ".creds", ".lock", ".tmp"];

    /// <summary>Checks a name for a new entity and returns it in Unicode's composed form, in which it is stored.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/>; the message says what is wrong with it.</exception>
    public static string Check(string name) => Checked(name, FaultOf(name) ?? PlaceFault(name) ?? (TextSanitizer.IsVisible(name) ? null : Unseen));

    /// <summary>Checks a name that an entity already has elsewhere. It may be unusual, but must not conflict with the store's own files.</summary>
    /// <inheritdoc cref="Check"/>
    public static string CheckKept(string name) => Checked(name, FaultOf(name) ?? PlaceFault(name));

    /// <summary>Checks a name for a file in a folder that contains nothing but such files.</summary>
    /// <inheritdoc cref="Check"/>
    internal static string CheckFile(string name) => Checked(name, FaultOf(name));

    /// <summary>Returns the composed form of a name. A text that cannot be composed is not a valid name and is returned unchanged.</summary>
    internal static string Compose(string name) => !Ascii.IsValid(name) && IsUnicode(name) ? name.Normalize(NormalizationForm.FormC) : name;

    /// <summary>Whether a stored entity can have this name. Other names are ignored when a store is listed.</summary>
    public static bool IsValid(string name) => FaultOf(name) is null;

    private static string Checked(string name, string? fault) =>
        fault is null
            ? Compose(name)
            : throw new NatsKeysException(
                ErrorCode.InvalidName, $"'{name.Replace("\n", "\\u{a}", StringComparison.Ordinal)}' cannot be a name: {fault}.");

    /// <summary>
    /// Explains why a name conflicts with other files. Operators and accounts are folders beside the files of the store, and of Git if it is
    /// committed.
    /// </summary>
    private static string? PlaceFault(string name) =>
        name[0] == '.' ? "it begins with a dot, like the store's own files and Git's"
        : name.Equals(GitFolder, StringComparison.OrdinalIgnoreCase) ? "it is the Windows short name of Git's folder, and Git refuses such paths"
        : Array.Find(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } taken
            ? $"it ends with {taken}, like files in a store"
        : null;

    private static string? FaultOf(string name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "it is empty";
        }

        if (!name.AsSpan().ContainsAnyExcept(Plain) && name.Length <= MaximumBytes)
        {
            return NatsKeyPair.IsSeed(name) ? "it is a seed; names are public" : DeviceFault(name);
        }

        if (name.Any(char.IsControl) || !IsUnicode(name))
        {
            return "it has control characters or is not valid Unicode";
        }

        if (name.AsSpan().ContainsAny(Forbidden))
        {
            return "it has one of the characters < > : \" / \\ | ? *";
        }

        if (char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]) || name[^1] == '.')
        {
            return "it begins or ends with a space, or ends with a dot";
        }

        if (Encoding.UTF8.GetByteCount(name) > MaximumBytes)
        {
            return $"it is longer than {MaximumBytes} bytes";
        }

        return DeviceFault(name.Split('.')[0].TrimEnd());
    }

    private static string? DeviceFault(string stem) => Devices.Contains(stem) ? "Windows reserves it for a device" : null;

    /// <summary>
    /// Whether every system can normalize a text. None can do so with a lone surrogate, which no file system keeps, or with the reversed byte order
    /// mark. Windows without ICU refuses all 66 noncharacters.
    /// </summary>
    private static bool IsUnicode(string name)
    {
        ReadOnlySpan<char> rest = name;
        while (Rune.DecodeFromUtf16(rest, out Rune letter, out int consumed) == OperationStatus.Done && !IsNoncharacter(letter.Value))
        {
            rest = rest[consumed..];
        }

        return rest.IsEmpty;
    }

    private static bool IsNoncharacter(int value) => value is >= 0xFDD0 and <= 0xFDEF || (value & 0xFFFE) == 0xFFFE;
}
