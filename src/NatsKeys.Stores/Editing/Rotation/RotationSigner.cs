using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Signs what an old key signed with the new key, in one transaction. What cannot be signed is recorded as pending, and the rest continues.
/// </summary>
internal sealed class RotationSigner(
    EntityEditor editor, StoreTransaction edit, ISigner newKey, IProgress<EntityPath>? progress, CancellationToken cancellation)
{
    private const string NoRoom = "It exceeds the number of changes that the store makes at once. Repeat the rotation to sign it.";
    private readonly Dictionary<string, DateTimeOffset?> replaced = new(StringComparer.Ordinal);

    /// <summary>The entities that the new key signed.</summary>
    public List<EntityPath> SignedAgain { get; } = [];

    /// <summary>The accounts that the new key signed.</summary>
    public List<NatsEntity> SignedAccounts { get; } = [];

    /// <summary>The accounts that got new activations.</summary>
    public List<NatsEntity> Importers { get; } = [];

    /// <summary>The accounts to publish.</summary>
    public IEnumerable<(NatsEntity Entity, string Token, string Reason)> Accounts => SignedAccounts
        .Select(account => (account, account.Jwt!, "was signed by the new key"))
        .Concat(Importers.Select(account => (account, account.Jwt!, "imports with activations of the new key")));

    /// <summary>The entities that could not be signed.</summary>
    public List<PendingSignature> Pending { get; } = [];

    /// <summary>The public keys of users that were replaced.</summary>
    public string[] RevokedKeys => [.. replaced.Keys];

    /// <summary>Whether entities remain because the store limits the size of a transaction.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Signs accounts or users with the new key, as many as the transaction accepts. The rest is pending.</summary>
    /// <param name="dependents">
    /// The entities that the old key signed. Each is removed from the queue when it is signed, because there may be ten thousand.
    /// </param>
    /// <param name="owner">The owner of the new key.</param>
    /// <param name="newUserKeys">Whether users get new keys.</param>
    public void SignDependents(Queue<NatsEntity> dependents, NatsEntity owner, bool newUserKeys)
    {
        while (edit.Room > 0 && dependents.TryDequeue(out NatsEntity? found))
        {
            cancellation.ThrowIfCancellationRequested();
            NatsEntity entity = editor.Store.Make(found.Path, found.Document, owner).Draft();
            using NatsKeyPair? userKey = newUserKeys && entity is NatsUser ? NatsKeyPair.Generate(NatsKeyType.User) : null;
            (string? oldSubject, DateTimeOffset? issuedAt) = (entity.Subject, entity.IssuedAt);
            entity.Wanted.Subject = userKey?.PublicKey ?? oldSubject;
            if (TrySign(entity, newKey) is not { } document)
            {
                continue;
            }

            if (userKey is not null)
            {
                replaced[oldSubject!] = issuedAt;
                edit.KeepKey(userKey);
            }

            edit.Save(entity.Path, document, userKey);
            SignedAgain.Add(entity.Path);
            if (entity is NatsAccount)
            {
                SignedAccounts.Add(editor.Store.Make(entity.Path, document, owner));
            }

            progress?.Report(entity.Path);
        }

        HasMore = dependents.Count > 0;
        Pending.AddRange(dependents.Select(left => new PendingSignature(left.Path, NoRoom)));
    }

    /// <summary>Signs importing accounts again, with new activations, as many as the transaction accepts. The rest is pending.</summary>
    /// <param name="importers">The accounts, with the imports that need new activations.</param>
    /// <param name="exporter">The exporting account.</param>
    /// <param name="signingKey">The operator's key that signs accounts.</param>
    public void SignImporters(
        IEnumerable<(NatsAccount Account, AccountImport[] Imports)> importers, NatsAccount exporter, SigningKeyChoice signingKey)
    {
        foreach ((NatsAccount found, AccountImport[] imports) in importers)
        {
            cancellation.ThrowIfCancellationRequested();
            if (edit.Room <= 0)
            {
                HasMore = true;
                Pending.Add(new PendingSignature(found.Path, NoRoom));
                continue;
            }

            NatsAccount account = found.Draft();
            ISigner? signer = null;
            try
            {
                signer = editor.FindSigner(signingKey, account);
                foreach (AccountImport import in imports)
                {
                    account.Claims.Imports[found.Claims.Imports.IndexOf(import)].Token = Activate(import, exporter);
                }
            }
            catch (NatsKeysException error) when (signer is null || error is not SigningKeyException)
            {
                // If the new key cannot sign, nothing can be signed.
                Pending.Add(new PendingSignature(account.Path, error.Message) { Remedy = error.Remedy });
                continue;
            }

            if (TrySign(account, signer, exporter) is { } document)
            {
                edit.Save(account.Path, document);
                Importers.Add(editor.Store.Make(account.Path, document, account.Parent));
                progress?.Report(account.Path);
            }
        }
    }

    /// <summary>Revokes the keys of users that were replaced.</summary>
    public void RevokeOldKeys(ClaimSet claims)
    {
        DateTimeOffset now = editor.Store.Clock.GetUtcNow();
        foreach ((string key, DateTimeOffset? issuedAt) in replaced)
        {
            Revocations.Revoke(((AccountClaims)claims).Revocations, key, Revocations.UpTo(now, issuedAt).ToUnixTimeSeconds());
        }
    }

    private EntityDocument? TrySign(NatsEntity entity, ISigner signer, NatsAccount? changed = null)
    {
        try
        {
            return editor.Resign(entity, signer, changed);
        }
        catch (NatsKeysException error) when (signer != newKey || error is not SigningKeyException)
        {
            Pending.Add(new PendingSignature(entity.Path, error.Message) { Remedy = error.Remedy });
            return null;
        }
    }

    private string Activate(AccountImport import, NatsAccount exporter)
    {
        var claims = (ActivationClaims)JwtReader.Read(import.Token!).Claims;
        claims.IssuerAccount = newKey.PublicKey == exporter.Subject ? null : exporter.Subject;
        editor.Rules.RequireRules($"activation of '{import.Subject}' for {claims.Subject}", claims);
        long now = editor.Store.Clock.GetUtcNow().ToUnixTimeSeconds();
        return JwtWriter.Write(claims, newKey, JwtWriter.IssueTime(claims, now));
    }
}
