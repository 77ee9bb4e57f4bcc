namespace NatsKeys.Binding;

/// <summary>A table row that identifies an item of an account, or the subject of the item alone.</summary>
public sealed class ItemRowArgument : RowArgument
{
    /// <summary>Creates the argument from a row.</summary>
    /// <param name="row">The row, or a subject.</param>
    /// <exception cref="ArgumentException">It is another value, or an object that names an account.</exception>
    public ItemRowArgument(object row)
        : base(row, takesObjects: true)
    {
    }
}
