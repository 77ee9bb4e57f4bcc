using NatsKeys.Errors;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>Finds the owner of signing keys that a piped text names: an operator or an account.</summary>
internal static class PipedOwner
{
    /// <summary>Finds the owner; null if no operator and no account has this name.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name, or <c>operator/account</c>.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityAmbiguous"/>: several entities have this name.</exception>
    public static NatsEntity? Find(NatsStore store, string name)
    {
        bool isOperator = store.Names().Contains(name, StringComparer.OrdinalIgnoreCase);
        bool isAccount = name.Contains('/', StringComparison.Ordinal)
            || store.AccountPaths(operatorName: null).Any(path => path.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return isOperator && isAccount
            ? throw new AdvisedException(
                ErrorCode.EntityAmbiguous, $"'{name}' is the name of an operator and of an account. Specify it with -Operator or -Account.")
            : isAccount ? store.FindAccount(operatorName: null, name)
            : isOperator ? store.FindOperator(name)
            : null;
    }
}
