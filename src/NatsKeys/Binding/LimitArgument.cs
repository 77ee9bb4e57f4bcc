namespace NatsKeys.Binding;

/// <summary>A limit: a number, a size such as <c>64kb</c> or <c>1GiB</c>, or <c>Unlimited</c>.</summary>
public sealed class LimitArgument
{
    /// <summary>Takes a number; -1 is no limit.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidLimit"/>: it is below -1.</exception>
    public LimitArgument(long value) => Value = LimitText.Check(value);

    /// <summary>Takes text.</summary>
    /// <param name="text">A number, a size or <c>Unlimited</c>.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidLimit"/>: it is none of these.</exception>
    public LimitArgument(string text) => Value = LimitText.Parse(text);

    /// <summary>The limit as tokens carry it.</summary>
    internal long Value { get; }
}
