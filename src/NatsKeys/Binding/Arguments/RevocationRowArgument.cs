namespace NatsKeys.Binding;

/// <summary>A table row that identifies a revocation, with the columns of <c>Get-NatsRevocation</c>. A row with only a name is a user.</summary>
public sealed class RevocationRowArgument : RowArgument
{
    /// <summary>The column that such rows have.</summary>
    internal const string Column = "Revoked";

    /// <summary>Creates the argument from a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">It has no such column.</exception>
    public RevocationRowArgument(object row)
        : base(row) => _ = !IsText && Columns().Any(column => column.Name.Equals(Column, StringComparison.OrdinalIgnoreCase))
            ? row
            : throw new ArgumentException($"The input is {Kind}. It has no column '{Column}'.");
}
