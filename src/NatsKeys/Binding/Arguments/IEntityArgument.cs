using System.Reflection;
using System.Runtime.ExceptionServices;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>An argument that identifies an entity: an object, a name, or a table row with columns for it.</summary>
internal interface IEntityArgument : IArgument
{
    /// <summary>The kind of entity that an argument type identifies, such as <c>Account</c>.</summary>
    /// <param name="argument">The type.</param>
    static string KindOf(Type argument) =>
        argument.Name.Replace("Key", "", StringComparison.Ordinal).Replace("Argument", "", StringComparison.Ordinal);

    /// <summary>The names of an entity's place, which an argument takes as text.</summary>
    /// <param name="path">The place.</param>
    /// <param name="kind">The kind that the argument identifies.</param>
    /// <exception cref="ArgumentException">It is the place of another kind of entity.</exception>
    static string FullName(EntityPath path, EntityKind kind) => path.Kind == kind
        ? path.FullName
        : throw new ArgumentException($"'{path}' is not the place of an entity of the kind {kind}.");
    /// <summary>Creates an argument. It throws what the constructor throws.</summary>
    /// <param name="constructor">A constructor with one parameter.</param>
    /// <param name="value">The input.</param>
    static object Construct(ConstructorInfo constructor, object value)
    {
        try
        {
            return constructor.Invoke([value]);
        }
        catch (TargetInvocationException error) when (error.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(error.InnerException);
            throw;
        }
    }

    /// <summary>Whether the argument is an object, which has its place and its store.</summary>
    bool IsObject { get; }

    /// <summary>The name; null for an object.</summary>
    string? Text { get; }

    /// <summary>Whether the name is empty.</summary>
    bool IsBlank => !IsObject && string.IsNullOrWhiteSpace(Text);

    /// <summary>The row that has the name; null if there was no row.</summary>
    RowArgument? Row { get; set; }
}
