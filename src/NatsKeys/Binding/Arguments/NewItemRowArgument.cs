namespace NatsKeys.Binding;

/// <summary>A row of a table that describes a new item of an account: an existing item, or its subject alone.</summary>
public sealed class NewItemRowArgument : RowArgument
{
    /// <summary>Creates the argument from a row.</summary>
    /// <param name="row">The row, a subject, or an existing item, of which the new item is a copy.</param>
    /// <exception cref="ArgumentException">It is another value, or an object that names an account.</exception>
    public NewItemRowArgument(object row)
        : base(row, takesObjects: true)
    {
    }
}
