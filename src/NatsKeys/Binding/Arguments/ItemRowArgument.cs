using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>A table row that identifies an item of an account. A text is not a row here, because it names the account.</summary>
public sealed class ItemRowArgument : RowArgument
{
    /// <summary>Creates the argument from a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">
    /// It is a text, another value, or an object of this module, whose properties have other meanings.
    /// </exception>
    public ItemRowArgument(object row)
        : base(row) => _ = IsText ? throw new ArgumentException($"'{SecretShape.Mask(row.ToString()!)}' is not a table row.") : row;
}
