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

    private sealed class Collector : ClaimVisitor
    {
        public List<ClaimMember> Members { get; } = [];

        protected override void Text(string name, string? value, bool always) =>
            Members.Add(new(name, ClaimForm.Text, string.IsNullOrEmpty(value) ? null : value));

        protected override void Integer(string name, long value, bool always, long minimum, long maximum) =>
            Members.Add(new(name, ClaimForm.Integer, value == 0 ? null : value, Minimum: minimum, Maximum: maximum));

        protected override void Unsigned(string name, ulong value) => throw NotInFiles();

        protected override void Flag(string name, bool value) => Members.Add(new(name, ClaimForm.Flag, value ? value : null));

        protected override void Texts(string name, ClaimList<string> values) => Members.Add(new(name, ClaimForm.Texts));

        protected override void TextLists(string name, ClaimList<ClaimList<string>> values) => throw NotInFiles();

        protected override void Sampling(string name, long value) => Members.Add(new(name, ClaimForm.Sampling));

        protected override void Object<T>(string name, T value) => Members.Add(new(name, ClaimForm.Object, Inner: value));

        protected override void Optional<T>(string name, T? value)
            where T : class => Members.Add(new(name, ClaimForm.Object, Inner: new T()));

        protected override void Objects<T>(string name, ClaimList<T> values) => Members.Add(new(name, ClaimForm.Objects, Inner: new T()));

        protected override void IntegerMap(string name, ClaimTable<long> values) => Members.Add(new(name, ClaimForm.IntegerMap));

        protected override void ObjectMap<T>(string name, ClaimTable<T> values) => Members.Add(new(name, ClaimForm.ObjectMap, Inner: new T()));

        protected override void ListMap<T>(string name, ClaimTable<ClaimList<T>> values) => Members.Add(new(name, ClaimForm.ListMap, Inner: new T()));

        private static InvalidOperationException NotInFiles() => new("Entity files do not hold claims of this kind.");
    }
}
