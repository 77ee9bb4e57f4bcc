using NatsKeys.Store;

namespace NatsKeys.Sample;

/// <summary>Types that use a room, each in another way.</summary>
internal static class RoomSamples
{
    internal static class Field
    {
        public static Store.NatsStore? Opened { get; set; }
    }

    internal static class Parameter
    {
        public static bool IsNone(global::NatsKeys.Store.NatsStore? store) => store is null;
    }

    internal static class Constraint
    {
        public static string NameOf<T>(T entity)
            where T : Store.NatsEntity => entity.ToString()!;
    }

    internal static class TypeOf
    {
        public static string Name => typeof(EntityPath).Name;
    }

    internal static class Call
    {
        public static object Make() => NatsStore.InMemory();
    }

    internal static class Extension
    {
        public static object? Find(NatsEntity entity) => entity.Newest();
    }

    internal static class Element
    {
        public static object Make() => new List<EntityPath[]>();
    }

    internal static class Closure
    {
        public static Func<object> Make(string name) => () => new EntityPath(name);
    }
}
