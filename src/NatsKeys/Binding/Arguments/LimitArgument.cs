using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A limit: a number, a size such as <c>64kb</c> or <c>1GiB</c>, or <c>Unlimited</c>.</summary>
public sealed class LimitArgument : IReadLater
{
    private readonly Func<long> read;

    /// <summary>Creates the argument from a number; -1 means no limit.</summary>
    /// <param name="value">The number.</param>
    public LimitArgument(long value) => read = () => LimitParser.Check(value);

    /// <summary>Creates the argument from the value that entities have for no limit.</summary>
    /// <param name="limit">The value for no limit.</param>
    public LimitArgument(NatsLimit limit) => read = () => limit == NatsLimit.Unlimited ? LimitParser.Unlimited : LimitParser.Check((long)limit);

    /// <summary>Creates the argument from text.</summary>
    /// <param name="text">A number, a size or <c>Unlimited</c>.</param>
    public LimitArgument(string text) => read = () => LimitParser.Parse(text);

    void IReadLater.Check() => read();

    /// <summary>
    /// The limit as in tokens. The text is read only here, so that an invalid one is an error of the item, not of parameter binding.
    /// </summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidLimit"/>: it is below -1, or the text is not valid.</exception>
    internal long Value => read();
}
