using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Takes accounts away from servers, by a request that the operator signs.</summary>
internal static class AccountDeleter
{
    /// <summary>How many accounts one request names.</summary>
    public const int PageSize = 1000;

    /// <summary>Refuses what servers would refuse together with all that stands beside it.</summary>
    /// <param name="owner">The operator.</param>
    /// <param name="account">The account.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityInUse"/>: it is the system account.</exception>
    public static void RequireDeletable(NatsOperator owner, ServerAccount account)
    {
        if (account.PublicKey == owner.Claims.SystemAccount)
        {
            throw new NatsKeysException(
                ErrorCode.EntityInUse, $"The {account} is the system account of {owner.Path}. Servers cannot run without it.");
        }
    }

    /// <summary>Takes accounts away from all servers that keep accounts, by one request: servers do all of it or nothing.</summary>
    /// <param name="client">The servers.</param>
    /// <param name="editor">The editor of the operator's store.</param>
    /// <param name="owner">The operator.</param>
    /// <param name="signingKey">The key of the operator that signs the request.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="NatsKeysException">There is no key that may sign, or the connection was lost.</exception>
    public static async Task<ServerAnswers> DeleteAsync(
        SystemAccountClient client,
        EntityEditor editor,
        NatsOperator owner,
        SigningKeyChoice signingKey,
        IReadOnlyList<ServerAccount> accounts,
        CancellationToken cancellation)
    {
        ISigner signer = editor.FindSigner(signingKey, owner, "the request to delete accounts");
        var claims = new GenericClaims { Subject = signer.PublicKey };
        claims.AddUnknown("accounts", JsonSerializer.SerializeToElement(accounts.Select(account => account.PublicKey)));
        string request = JwtWriter.Write(claims, signer, owner.Store.Clock);
        await client.RefreshAsync(cancellation).ConfigureAwait(false);
        ServerAnswers answers = await client.DeleteAsync(accounts, request, cancellation).ConfigureAwait(false);
        return answers.Problem is { Code: ErrorCode.ServerRefused } refusal
            ? answers with
            {
                Problem = new NatsKeysException(
                    refusal.Code,
                    $"{refusal.Message} Servers delete accounts only if their resolver has 'allow_delete: true' and a key of their operator "
                        + "signed the request.",
                    refusal),
            }
            : answers;
    }
}
