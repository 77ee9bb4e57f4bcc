namespace NatsKeys.Binding;

/// <summary>An argument that names an entity: an object, a name, or a row of a table whose columns name it.</summary>
internal interface IEntityArgument : IArgument
{
    /// <summary>The kind of entity that a type of arguments names, such as <c>Account</c>.</summary>
    /// <param name="argument">The type.</param>
    static string KindOf(Type argument) =>
        argument.Name.Replace("Key", "", StringComparison.Ordinal).Replace("Argument", "", StringComparison.Ordinal);

    /// <summary>Whether an object came, which knows its place and its store.</summary>
    bool IsObject { get; }

    /// <summary>The name; null for an object.</summary>
    string? Text { get; }

    /// <summary>Whether it is an empty text, which names nothing.</summary>
    bool IsBlank => !IsObject && string.IsNullOrWhiteSpace(Text);

    /// <summary>The row that the name came from; null for what was no row.</summary>
    RowArgument? Row { get; set; }
}
