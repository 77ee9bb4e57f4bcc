using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>An argument that can be given in several ways.</summary>
internal interface IArgument
{
    /// <summary>The object or text that was given, as the target of errors.</summary>
    object Given => ToString()!;

    /// <summary>The store of the given object, in which it is read and changed; null for a text or an object of no store.</summary>
    NatsStore? StoreOfGiven => null;
}
