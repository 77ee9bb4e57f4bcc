using NatsKeys.Claims;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>A member of a claim object, as the claim type itself lists it.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Form">What it holds.</param>
/// <param name="Default">The value that a new object has; null where that is nothing, 0 or false.</param>
/// <param name="Inner">A new object of the kind that it holds; null where it holds none.</param>
/// <param name="Minimum">The smallest number.</param>
/// <param name="Maximum">The largest number.</param>
internal sealed record ClaimMember(
    string Name, ClaimForm Form, object? Default = null, ClaimObject? Inner = null, long Minimum = long.MinValue, long Maximum = long.MaxValue)
{
    public static IReadOnlyList<ClaimMember> Of(ClaimObject fresh)
    {
        var collector = new Collector();
        fresh.Map(collector);
        return collector.Members;
    }

    private sealed class Collector : ClaimMap
    {
        public List<ClaimMember> Members { get; } = [];

        public override string? Text(string name, string? value, bool always = false) =>
            Add(value, new(name, ClaimForm.Text, string.IsNullOrEmpty(value) ? null : value));

        public override long Integer(string name, long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue) =>
            Add(value, new(name, ClaimForm.Integer, value == 0 ? null : value, Minimum: minimum, Maximum: maximum));

        public override ulong Unsigned(string name, ulong value) => throw NotInFiles();

        public override bool Flag(string name, bool value) => Add(value, new(name, ClaimForm.Flag, value ? value : null));

        public override List<string> Texts(string name, List<string> values, bool commaSeparated = false) => Add(values, new(name, ClaimForm.Texts));

        public override List<List<string>> TextLists(string name, List<List<string>> values) => throw NotInFiles();

        public override long Sampling(string name, long value) => Add(value, new(name, ClaimForm.Sampling));

        public override T Object<T>(string name, T value) => Add(value, new(name, ClaimForm.Object, Inner: value));

        public override T? Optional<T>(string name, T? value)
            where T : class => Add(value, new(name, ClaimForm.Object, Inner: new T()));

        public override List<T> Objects<T>(string name, List<T> values) => Add(values, new(name, ClaimForm.Objects, Inner: new T()));

        public override ClaimTable<long> IntegerMap(string name, ClaimTable<long> values) =>
            Add(values, new(name, ClaimForm.IntegerMap));

        public override ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values) =>
            Add(values, new(name, ClaimForm.ObjectMap, Inner: new T()));

        public override ClaimTable<List<T>> ListMap<T>(string name, ClaimTable<List<T>> values) =>
            Add(values, new(name, ClaimForm.ListMap, Inner: new T()));

        private static InvalidOperationException NotInFiles() => new("This kind of claims is not kept in entity files.");

        private T Add<T>(T value, ClaimMember member)
        {
            Members.Add(member);
            return value;
        }
    }
}
