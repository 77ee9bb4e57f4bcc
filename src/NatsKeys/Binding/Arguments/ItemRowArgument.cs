using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>A row of a table that says which item of an account is meant. A text is no row here: it names the account.</summary>
public sealed class ItemRowArgument : RowArgument
{
    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">It is a text, a value, or something of NATS, whose properties mean something else.</exception>
    public ItemRowArgument(object row)
        : base(row) => _ = IsText ? throw new ArgumentException($"'{SecretShape.Mask(row.ToString()!)}' is not a table row.") : row;
}
