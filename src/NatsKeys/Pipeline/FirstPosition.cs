using NatsKeys.Binding;
using NatsKeys.Errors;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>
/// Finds the account in the first position. The next position has something else, so if there is no such account, the error says what else the text
/// may be.
/// </summary>
internal static class FirstPosition
{
    /// <summary>Gets the account in its current state.</summary>
    /// <param name="named">The account; null for the only one.</param>
    /// <param name="above">The operator from another parameter; null for none.</param>
    /// <param name="stores">Opens the store.</param>
    /// <param name="meant">Returns a sentence about what else a text seems to be; null if it is nothing else.</param>
    public static NatsAccount Resolve(AccountArgument? named, OperatorArgument? above, OpenedStores stores, Func<string, string?> meant)
    {
        try
        {
            return AccountArgument.Resolve(named, above, stores.Open);
        }
        catch (NatsKeysException error) when (error.Code is ErrorCode.EntityNotFound or ErrorCode.InvalidName
            && (named as IEntityArgument)?.Text is { } text && meant(text) is { } other)
        {
            throw new AdvisedException(error.Code, $"{error.Message} {other}") { Path = error.Path };
        }
    }
}
