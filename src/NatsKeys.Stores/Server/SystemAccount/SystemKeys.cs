using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// The keys of the system account whose users servers may accept, in the order in which they are tried. The store may have changes that servers do
/// not know yet, and a user that publishes them must be accepted by servers in their old state. So older keys come first, and a key that was removed
/// from the list is still tried until a server has confirmed the removal. A role's key is tried if the role's permissions are sufficient for the
/// task, after the keys whose users get exactly the permissions for it.
/// </summary>
/// <param name="editor">The editor of the operator's store.</param>
/// <param name="account">The system account.</param>
/// <param name="task">The task.</param>
internal sealed class SystemKeys(EntityEditor editor, NatsAccount account, ServerTask task)
{
    private readonly string what = account.Path.Child(SystemUser.Name).ToString();

    /// <summary>The keys whose private key is available. Each is looked up when it is needed.</summary>
    /// <exception cref="NatsKeysException">No private key is available.</exception>
    public IEnumerable<SystemKey> Find()
    {
        bool any = false;
        foreach ((string publicKey, string role) in Candidates())
        {
            if (TryFind(publicKey) is { } signer)
            {
                any = true;
                yield return new SystemKey(signer, role);
            }
        }

        if (!any)
        {
            // Problems are reported as for every other signature.
            yield return new SystemKey(editor.FindSigner(SigningKeyChoice.Default, account, what), "listed");
        }
    }

    /// <summary>Gets the account with a key in its list, as servers may still have it.</summary>
    /// <param name="publicKey">The key.</param>
    public NatsAccount Listing(string publicKey)
    {
        if (account.TrustedKeys.Contains(publicKey))
        {
            return account;
        }

        NatsAccount draft = account.Draft();
        AccountSigningKey entry = ScopeOf(publicKey) is { } scope ? ClaimCopier.Copy(scope) : new AccountSigningKey();
        entry.Key = publicKey;
        draft.Claims.SigningKeys.Add(entry);
        return (NatsAccount)editor.Store.Make(account.Path, new EntityDocument(draft.Wanted, Jwt: null), account.Above);
    }

    private IEnumerable<(string PublicKey, string Role)> Candidates()
    {
        List<RotationRecord> rotations = account.OpenRotations();
        string[] old = [.. rotations.Select(rotation => rotation.OldKey)];
        string[] successors = [.. rotations.Select(rotation => rotation.NewKey).Except(old)];
        string[] listed = [.. account.TrustedKeys
            .Where(key => key != account.Subject).Except(old).Except(successors)
            .OrderBy(key => editor.Store.Keys.KeptSince(key) ?? DateTimeOffset.MaxValue)];
        (string PublicKey, string Role)[] all =
        [
            .. old.Select(key => (key, "replaced, but servers may not know that yet")),
            .. listed.Select(key => (key, "listed")),
            .. successors.Select(key => (key, "the successor of a replaced key")),
            .. account.TrustedKeys.Where(key => key == account.Subject).Select(key => (key, "the identity key")),
        ];
        return all
            .Where(key => PublicNkey.TryGetType(key.PublicKey, out _))
            .Select(key => (Key: key, Scope: ScopeOf(key.PublicKey)))
            .Where(key => key.Scope is null || SystemUser.May(key.Scope.Template, task))
            .OrderBy(key => key.Scope is not null)
            .Select(key => key.Key);
    }

    /// <summary>
    /// The role of a key. The key of a role is replaced by a key with the same role, so the successor shows the role of a key that was removed.
    /// </summary>
    private AccountSigningKey? ScopeOf(string publicKey)
    {
        List<RotationRecord> rotations = account.OpenRotations();
        return account.ScopeOf(publicKey)
            ?? (rotations.Find(rotation => rotation.OldKey == publicKey) is { } left
                ? account.ScopeOf(PendingRotations.Successor(rotations, left))
                : null);
    }

    private ISigner? TryFind(string publicKey)
    {
        try
        {
            return editor.FindSigner(SigningKeyChoice.Named(publicKey), Listing(publicKey), what);
        }
        catch (SigningKeyException)
        {
            return null;
        }
    }
}
