using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Deletes accounts from servers, with a request that is signed with a key of the operator.</summary>
internal static class AccountDeleter
{
    /// <summary>The maximum number of accounts in one request.</summary>
    public const int PageSize = 1000;

    /// <summary>Refuses an account that servers would refuse, because they would refuse the whole request.</summary>
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

    /// <summary>Deletes accounts from all servers that store accounts, in one request. Each server deletes all of them or none.</summary>
    /// <param name="client">The client of the servers.</param>
    /// <param name="editor">The editor of the operator's store.</param>
    /// <param name="owner">The operator.</param>
    /// <param name="signingKey">The key of the operator that signs the request.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="NatsKeysException">No key can sign the request, or the connection was lost.</exception>
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
