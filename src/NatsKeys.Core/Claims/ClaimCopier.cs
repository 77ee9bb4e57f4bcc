namespace NatsKeys.Claims;

/// <summary>Replaces the parts that a shallow copy of a <see cref="ClaimObject"/> shares with the original by copies.</summary>
internal sealed class ClaimCopier : ClaimMap
{
    public static readonly ClaimCopier Instance = new();

    /// <summary>Creates a copy that can be changed. It shares nothing with the original that can change.</summary>
    public static T Copy<T>(T part)
        where T : IClaimPart => (T)part.Copy();

    public override void Text(string name, ref string? value, bool always = false)
    {
    }

    public override void Integer(
        string name, ref long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
    }

    public override void Unsigned(string name, ref ulong value)
    {
    }

    public override void Flag(string name, ref bool value)
    {
    }

    public override void Sampling(string name, ref long value)
    {
    }

    public override void Texts(string name, ref ClaimList<string> values, bool commaSeparated = false) => values = Copy(values);

    public override void TextLists(string name, ref ClaimList<ClaimList<string>> values) => values = Copy(values);

    public override void Object<T>(string name, ref T value) => value = Copy(value);

    public override void Flat<T>(ref T value) => value = Copy(value);

    public override void Optional<T>(string name, ref T? value)
        where T : class => value = value is null ? null : Copy(value);

    public override void Objects<T>(string name, ref ClaimList<T> values) => values = Copy(values);

    public override void IntegerMap(string name, ref ClaimTable<long> values) => values = Copy(values);

    public override void ObjectMap<T>(string name, ref ClaimTable<T> values) => values = Copy(values);

    public override void ListMap<T>(string name, ref ClaimTable<ClaimList<T>> values) => values = Copy(values);
}
