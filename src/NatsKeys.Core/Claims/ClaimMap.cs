namespace NatsKeys.Claims;

/// <summary>
/// Walks the members of a <see cref="ClaimObject"/>. Every method takes the value that the object has and returns the value
/// that it shall have: a writer returns what it was given, a reader what it found.
/// </summary>
internal abstract class ClaimMap
{
    /// <summary>Whether the values come from a token, where an absent member means zero.</summary>
    public virtual bool ReadsToken => false;

    /// <summary>Whether the values come from outside, and so are checked.</summary>
    public virtual bool Reads => ReadsToken;

    /// <param name="name">The member's name.</param>
    /// <param name="value">The value that the object has.</param>
    /// <param name="always">Written even when empty.</param>
    public abstract string? Text(string name, string? value, bool always = false);

    /// <summary>The text <c>stream</c> or <c>service</c>. A token that has another cannot be read; one that has none can.</summary>
    public string? StreamOrService(string name, string? value)
    {
        string? found = Text(name, value);
        return !Reads || string.IsNullOrEmpty(found) || found is "stream" or "service"
            ? found
            : throw new NatsKeysException(ErrorCode.TokenMalformed, $"The member '{name}' is '{found}', neither stream nor service.");
    }

    /// <param name="name">The member's name.</param>
    /// <param name="value">The value that the object has.</param>
    /// <param name="always">Written even when zero.</param>
    /// <param name="absent">What a token without this member means.</param>
    /// <param name="minimum">The smallest value that a token can carry.</param>
    /// <param name="maximum">The largest value that a token can carry.</param>
    public abstract long Integer(
        string name, long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue);

    public abstract ulong Unsigned(string name, ulong value);

    public abstract bool Flag(string name, bool value);

    /// <summary>A list of texts; with <paramref name="commaSeparated"/>, a reader also takes one text that names them all.</summary>
    public abstract List<string> Texts(string name, List<string> values, bool commaSeparated = false);

    public abstract List<List<string>> TextLists(string name, List<List<string>> values);

    /// <summary>A number from 1 to 100, or the text <c>headers</c> for 0.</summary>
    public abstract long Sampling(string name, long value);

    /// <summary>An object that is always written, even when it has no members.</summary>
    public abstract T Object<T>(string name, T value)
        where T : ClaimObject, new();

    /// <summary>An object that is written when it is there.</summary>
    public abstract T? Optional<T>(string name, T? value)
        where T : ClaimObject, new();

    public abstract List<T> Objects<T>(string name, List<T> values)
        where T : ClaimObject, new();

    public abstract ClaimTable<long> IntegerMap(string name, ClaimTable<long> values);

    public abstract ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values)
        where T : ClaimObject, new();

    public abstract ClaimTable<List<T>> ListMap<T>(string name, ClaimTable<List<T>> values)
        where T : ClaimObject, new();
}
