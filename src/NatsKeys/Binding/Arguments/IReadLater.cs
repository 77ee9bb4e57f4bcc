namespace NatsKeys.Binding;

/// <summary>
/// An argument whose text is read after parameter binding. PowerShell ignores a column of a table whose text cannot be bound, so it is only read with
/// its item. A typed text is the same for all items.
/// </summary>
internal interface IReadLater
{
    /// <summary>Reads the text.</summary>
    /// <exception cref="NatsKeysException">The text is not valid.</exception>
    void Check();
}
