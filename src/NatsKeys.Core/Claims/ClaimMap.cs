namespace NatsKeys.Claims;

/// <summary>
/// Visits the members of a <see cref="ClaimObject"/>, which are passed by reference. A <see cref="ClaimVisitor"/> only gets their values and cannot
/// change them. A <see cref="ClaimReader"/> sets them.
/// </summary>
internal abstract class ClaimMap
{
    /// <summary>Whether the values come from a token, in which an absent member means zero.</summary>
    public virtual bool ReadsToken => false;

    /// <summary>Whether the values come from outside and must be checked.</summary>
    public virtual bool Reads => false;

    /// <param name="name">The member's name.</param>
    /// <param name="value">The current value.</param>
    /// <param name="always">Whether to write an empty text.</param>
    public abstract void Text(string name, ref string? value, bool always = false);

    /// <summary>The text <c>stream</c> or <c>service</c>. A token with another text cannot be read; one without a text can.</summary>
    public void StreamOrService(string name, ref string? value)
    {
        Text(name, ref value);
        if (Reads && !string.IsNullOrEmpty(value) && value is not ("stream" or "service"))
        {
            throw new NatsKeysException(ErrorCode.TokenMalformed, $"The member '{name}' is '{value}', neither stream nor service.");
        }
    }

    /// <param name="name">The member's name.</param>
    /// <param name="value">The current value.</param>
    /// <param name="always">Whether to write zero.</param>
    /// <param name="absent">The value that an absent member has in a token.</param>
    /// <param name="minimum">The minimum value in a token.</param>
    /// <param name="maximum">The maximum value in a token.</param>
    public abstract void Integer(
        string name, ref long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue);

    public abstract void Unsigned(string name, ref ulong value);

    public abstract void Flag(string name, ref bool value);

    /// <summary>A list of texts. With <paramref name="commaSeparated"/>, a reader also accepts one text with commas.</summary>
    public abstract void Texts(string name, ref ClaimList<string> values, bool commaSeparated = false);

    public abstract void TextLists(string name, ref ClaimList<ClaimList<string>> values);

    /// <summary>A number from 1 to 100, or the text <c>headers</c> for 0.</summary>
    public abstract void Sampling(string name, ref long value);

    /// <summary>An object that is always written, even if it has no members.</summary>
    public abstract void Object<T>(string name, ref T value)
        where T : ClaimObject, new();

    /// <summary>An object whose members are written among those of its parent.</summary>
    public virtual void Flat<T>(ref T value)
        where T : ClaimObject, new() => value.Map(this);

    /// <summary>An object that is written if it is not null.</summary>
    public abstract void Optional<T>(string name, ref T? value)
        where T : ClaimObject, new();

    public abstract void Objects<T>(string name, ref ClaimList<T> values)
        where T : ClaimObject, new();

    public abstract void IntegerMap(string name, ref ClaimTable<long> values);

    public abstract void ObjectMap<T>(string name, ref ClaimTable<T> values)
        where T : ClaimObject, new();

    public abstract void ListMap<T>(string name, ref ClaimTable<ClaimList<T>> values)
        where T : ClaimObject, new();
}
