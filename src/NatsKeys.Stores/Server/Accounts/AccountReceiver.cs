using System.Runtime.CompilerServices;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// Receives accounts from servers into a store. Newer and unsigned states in the store are kept. An account that the store does not have is received
/// only if the caller asks for it, because it may have been removed from the store, which keeps no record of that.
/// </summary>
/// <param name="client">The client of the servers.</param>
/// <param name="owner">The operator.</param>
internal sealed class AccountReceiver(SystemAccountClient client, NatsOperator owner)
{
    private readonly NatsStore store = owner.Store;

    /// <summary>Finds accounts on the servers, in pages.</summary>
    /// <param name="publicKeys">The public keys of the accounts.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>A receipt for each account.</returns>
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

    /// <summary>Stores an account.</summary>
    /// <param name="receipt">The receipt of the account.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">The account was changed meanwhile, or its name is taken.</exception>
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

    /// <summary>The name for the account. A token need not have a name, or one that is valid for a file.</summary>
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

            // A foreign token on one server does not prevent receiving the account from the others.
            receipt = receipt with { Foreign = problem.Message };
        }

        // A token from a clock that is far ahead is used only if there is no other.
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
