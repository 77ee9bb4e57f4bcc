using System.Runtime.CompilerServices;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// Takes accounts from servers into a store. What the store has of its own stays: what is newer, and what was changed and not signed. What
/// the store does not have is taken only by those who ask for it: it may have been removed there, of which the store keeps no memory.
/// </summary>
/// <param name="client">The servers.</param>
/// <param name="owner">The operator.</param>
internal sealed class AccountReceiver(SystemAccountClient client, NatsOperator owner)
{
    private readonly NatsStore store = owner.Store;

    /// <summary>Looks for accounts on the servers, in pages.</summary>
    /// <param name="publicKeys">Their public keys.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>For each account, what is to be done.</returns>
    public async IAsyncEnumerable<AccountReceipt> FindAsync(
        IEnumerable<string> publicKeys, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Dictionary<string, EntityPath> known = KnownPaths();
        foreach (string[] page in publicKeys.Chunk(AccountPublisher.PageSize))
        {
            IReadOnlyList<HeldToken>[] found = await client.FindAsync(page, cancellation).ConfigureAwait(false);
            foreach ((string key, IReadOnlyList<HeldToken> held) in page.Zip(found))
            {
                yield return Decide(key, known.GetValueOrDefault(key), held);
            }
        }
    }

    /// <summary>Takes an account into the store.</summary>
    /// <param name="receipt">What is to be done.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">The account changed in the meantime, or its name is taken.</exception>
    public NatsAccount Take(AccountReceipt receipt, CancellationToken cancellation = default) => Conflicts.Retry(() =>
    {
        using StoreTransaction edit = store.BeginChange(cancellation);
        NatsJwt token = receipt.Token!;
        EntityPath target = owner.Path.Child(NameOf(token));
        if (receipt.Path is { } path)
        {
            NatsEntity current = edit.Get(path);
            if (RefusalOf(current, token) is { } refusal)
            {
                throw refusal;
            }

            Move(edit, current.Path, target);
        }
        else
        {
            RequireFree(target);
        }

        if (target != receipt.Path)
        {
            store.LookAlikes.Warn(target, before: receipt.Path);
        }

        var document = new EntityDocument(token.Claims, token.Token);
        edit.Save(target, document);
        edit.Commit();
        TokenTimes.Warn(store, target, token.Claims);
        return (NatsAccount)store.Make(target, document, parent: null);
    });

    /// <summary>A name is nothing that a token must have, nor one that is fit for a file.</summary>
    private static string NameOf(NatsJwt token)
    {
        try
        {
            return EntityName.CheckKept(token.Name ?? "");
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(
                error.Code, $"The account {token.Subject} cannot be stored under the name in its token: {error.Message}", error);
        }
    }

    private static NatsKeysException? RefusalOf(NatsEntity current, NatsJwt token)
    {
        string? reason = current.State is EntityState.Unsigned or EntityState.Modified ? "was edited and is not signed yet"
            : current.Wanted.IssuedAt == token.Claims.IssuedAt ? "was signed in the same second"
            : current.Wanted.IssuedAt > token.Claims.IssuedAt ? "is newer"
            : null;
        return reason is null ? null : new NatsKeysException(
            ErrorCode.LocalChanges,
            $"The {current.Path} in the store {reason}. It was not changed.")
        {
            Remedy = Remedy.CompareAccount,
        };
    }

    private void Move(StoreTransaction edit, EntityPath path, EntityPath target)
    {
        if (path == target)
        {
            return;
        }

        if (path.Folded != target.Folded)
        {
            RequireFree(target);
        }

        CredentialFile.RequireFree(store, path, target);
        edit.Move(path, target);
    }

    private void RequireFree(EntityPath path)
    {
        if (store.Load(path) is { } taken)
        {
            throw new NatsKeysException(
                ErrorCode.EntityExists, $"Another {taken.Path} already exists in the store {store.Location}. Rename it first.");
        }
    }

    private Dictionary<string, EntityPath> KnownPaths()
    {
        var known = new Dictionary<string, EntityPath>(StringComparer.Ordinal);
        foreach (NatsEntity account in store.AccountPaths(owner.Name)
            .Select(store.FindReadable)
            .OfType<NatsEntity>()
            .Where(account => account.Subject is not null))
        {
            known.TryAdd(account.Subject!, account.Path);
        }

        return known;
    }

    private AccountReceipt Decide(string key, EntityPath? path, IReadOnlyList<HeldToken> held)
    {
        string name = path?.ToString() ?? $"account {key}";
        var receipt = new AccountReceipt(name, path);
        HeldToken[] there = [.. held.Where(one => one.Text is not null)];
        if (there.Length == 0)
        {
            return receipt with { Problem = new NatsKeysException(ErrorCode.EntityNotFound, $"No server returned the {name}.") };
        }

        (HeldToken Held, NatsJwt? Token)[] read = [.. there.Select(one => (one, one.Read()))];
        if (read.FirstOrDefault(one => !IsOwn(key, one.Token)) is { Held: not null } foreign)
        {
            NatsKeysException problem = Foreign(name, foreign.Held, foreign.Token);
            read = [.. read.Where(one => IsOwn(key, one.Token))];
            if (read.Length == 0)
            {
                return receipt with { Problem = problem };
            }

            // What others have of it is not held up by a server that has something else.
            receipt = receipt with { Foreign = problem.Message };
        }

        // A clock that is far off does not decide between servers.
        NatsJwt newest = read.MaxBy(one => (!Revocations.IsFuture(one.Token!.IssuedAt, store.Clock.GetUtcNow()), one.Token.Claims.IssuedAt)).Token!;
        Finding[] broken = [.. ClaimValidator.Check(newest.Claims, store.Clock.GetUtcNow())
            .Where(finding => finding.Severity == FindingSeverity.Error)];
        if (broken.Length > 0)
        {
            return receipt with { Problem = new NatsKeysException(ErrorCode.RuleBroken,
                $"The {name} breaks rules that servers enforce: {Findings.Show(broken)}. It was not stored.") };
        }

        receipt = receipt with { Token = newest, ServersDiffer = read.Select(one => one.Token!.Token).Distinct(StringComparer.Ordinal).Count() > 1 };
        NatsEntity? current = path is null ? null : store.Get(path);
        return current is null ? receipt
            : current.Jwt == newest.Token && current.State != EntityState.Modified ? receipt with { IsSame = true }
            : receipt with { Problem = RefusalOf(current, newest) };
    }

    private bool IsOwn(string key, NatsJwt? token) => token is not null && HeldToken.IsOf(owner, key, token);

    private NatsKeysException Foreign(string name, HeldToken held, NatsJwt? token) => new(
        ErrorCode.ForeignAccount,
        token is null
            ? $"The token of the {name} on the server {held.Server} cannot be read."
            : $"The token of the {name} on the server {held.Server} was signed by {token.Issuer}, which is not a key of the {owner.Path}. "
                + "It was not stored.");
}
