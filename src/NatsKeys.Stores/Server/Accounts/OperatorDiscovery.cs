using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// Adds the operator of running servers to a store that does not have it: the operator whose system account has the user of this connection.
/// Its self-signed token proves that only the owner of its key made it, but not that it is the intended operator.
/// </summary>
internal static class OperatorDiscovery
{
    /// <summary>Finds the operator among those that servers report.</summary>
    /// <param name="client">The client of the servers, which have already reported their operators.</param>
    /// <param name="user">The credentials of the connection.</param>
    /// <param name="publicKey">The public key that the operator must have; null for any.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotFound"/>: no server reports such an operator. <see cref="ErrorCode.EntityAmbiguous"/>: there are several.
    /// </exception>
    public static NatsJwt Find(SystemAccountClient client, NatsCredential user, string? publicKey)
    {
        // Servers that were started at different times may have different tokens of one operator.
        NatsJwt[] own = [.. client.Operators.Where(token => token.Issuer == token.Subject)];
        NatsJwt[] newest = [.. own
            .Where(token => publicKey is null || token.Subject == publicKey)
            .Where(token => ((OperatorClaims)token.Claims).SystemAccount is not { Length: > 0 } system || system == user.IssuerAccount)
            .GroupBy(token => token.Subject, StringComparer.Ordinal).Select(same => same.MaxBy(token => token.Claims.IssuedAt)!)];
        return newest switch
        {
            [var only] => only,
            [] => throw new NatsKeysException(
                ErrorCode.EntityNotFound,
                own.Length == 0
                    ? "The servers do not report their operator. Import its token first."
                    : $"The servers have no operator {publicKey ?? $"with the system account {user.IssuerAccount}"}: they were started with "
                        + $"{string.Join(", ", own.Select(token => $"{token.Name} ({token.Subject})").Distinct())}."),
            _ => throw new NatsKeysException(
                ErrorCode.EntityAmbiguous,
                $"The servers were started with several operators: {string.Join(", ", newest.Select(token => $"{token.Name} ({token.Subject})"))}.")
            {
                Remedy = Remedy.ConfirmOperator,
            },
        };
    }

    /// <summary>Adds an operator to a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="token">The operator's token.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityExists"/>: another operator has this name. Other codes: the name is not valid.
    /// </exception>
    public static NatsOperator Take(NatsStore store, NatsJwt token, CancellationToken cancellation) => Conflicts.Retry(() =>
    {
        var path = new EntityPath(EntityName.CheckKept(token.Name ?? ""));
        using StoreTransaction edit = store.BeginChange(cancellation);
        if (store.Load(path) is { } taken)
        {
            throw new NatsKeysException(
                ErrorCode.EntityExists, $"Another {taken.Path} already exists in the store {store.Location}. Rename it first.");
        }

        edit.Save(path, new EntityDocument(token.Claims, token.Token));
        edit.Commit();
        TokenTimes.Warn(store, path, token.Claims);
        return store.FindOperator(path.Name);
    });
}
