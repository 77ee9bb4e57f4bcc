using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A limit: a number, a size such as <c>64kb</c> or <c>1GiB</c>, or <c>Unlimited</c>.</summary>
public sealed class LimitArgument
{
    private readonly Func<long> read;

    /// <summary>Takes a number; -1 is no limit.</summary>
    /// <param name="value">The number.</param>
    public LimitArgument(long value) => read = () => LimitParser.Check(value);

    /// <summary>Takes the limit of an entity where there is none.</summary>
    /// <param name="limit">No limit.</param>
    public LimitArgument(NatsLimit limit) => read = () => limit == NatsLimit.Unlimited ? LimitParser.Unlimited : LimitParser.Check((long)limit);

    /// <summary>Takes text.</summary>
    /// <param name="text">A number, a size or <c>Unlimited</c>.</param>
    public LimitArgument(string text) => read = () => LimitParser.Parse(text);

    /// <summary>
    /// The limit as tokens carry it. It is read when it is used, so that what is wrong with it is an error of the item and not of the engine.
    /// </summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidLimit"/>: it is below -1, or not wholly understood.</exception>
    internal long Value => read();
}
