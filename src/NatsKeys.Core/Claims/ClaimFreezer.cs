namespace NatsKeys.Claims;

/// <summary>Makes the parts of a <see cref="ClaimObject"/> read-only.</summary>
internal sealed class ClaimFreezer : ClaimMap
{
    public static readonly ClaimFreezer Instance = new();

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

    public override void Texts(string name, ref ClaimList<string> values, bool commaSeparated = false) => Freeze(values);

    public override void TextLists(string name, ref ClaimList<ClaimList<string>> values) => Freeze(values);

    public override void Object<T>(string name, ref T value) => Freeze(value);

    public override void Flat<T>(ref T value) => Freeze(value);

    public override void Optional<T>(string name, ref T? value)
        where T : class => Freeze(value);

    public override void Objects<T>(string name, ref ClaimList<T> values) => Freeze(values);

    public override void IntegerMap(string name, ref ClaimTable<long> values) => Freeze(values);

    public override void ObjectMap<T>(string name, ref ClaimTable<T> values) => Freeze(values);

    public override void ListMap<T>(string name, ref ClaimTable<ClaimList<T>> values) => Freeze(values);

    private static void Freeze(IClaimPart? part) => part?.Freeze();
}
