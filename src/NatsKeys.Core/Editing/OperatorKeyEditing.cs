using NatsKeys.Claims;
using NatsKeys.Entities;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Gives operators another identity key.</summary>
public static class OperatorKeyEditing
{
    /// <summary>
    /// Gives an operator another identity key, and signs again what the old one had signed, unless the old one stays as a signing key.
    /// Everything is signed before anything is written.
    /// </summary>
    /// <param name="editor">The editor of the store.</param>
    /// <param name="path">The operator.</param>
    /// <param name="key">The new identity key. A signing key of the operator becomes its identity, and leaves the list.</param>
    /// <param name="keepAsSigningKey">Whether the old key goes on signing accounts.</param>
    /// <exception cref="NatsKeysException">The key is of another type, is the operator's already, or its private half is not at hand.</exception>
    public static OperatorKeyUpdate UpdateOperatorKey(this EntityEditor editor, EntityPath path, NatsKeyPair key, bool keepAsSigningKey)
    {
        key.Require(NatsKeyType.Operator);
        using StoreChange turn = editor.Store.BeginChange();
        var owner = (NatsOperator)turn.Get(path);
        string oldKey = owner.Subject!;
        if (key.PublicKey == oldKey)
        {
            throw new NatsKeysException(ErrorCode.SigningKeyExists, $"Key {oldKey} is the identity key of {owner.Path} already.");
        }

        ISigner signer = editor.FindSigner(key, owner.Path.ToString());
        owner.Claims.Subject = key.PublicKey;
        owner.Claims.SigningKeys.Remove(key.PublicKey);
        if (keepAsSigningKey)
        {
            ClaimLists.AddText(owner.Claims.SigningKeys, oldKey);
        }

        // What the old identity may no longer sign anyway, because only signing keys may, the new one may not either.
        NatsEntity[] accounts = keepAsSigningKey || owner.RequireSigningKeys ? [] : [.. editor.SignedBy(owner, oldKey)];
        var documents = new List<(EntityPath Path, EntityDocument Document)> { (owner.Path, editor.Sign(owner.Path, owner.Claims, signer, parent: null)) };
        documents.AddRange(accounts.Select(account => (account.Path, editor.Sign(account.Path, account.Wanted, signer, owner))));
        turn.KeepKey(key);
        documents.ForEach(signed => turn.Save(signed.Path, signed.Document));
        turn.Commit();
        return new OperatorKeyUpdate((NatsOperator)editor.Store.Get(owner.Path), oldKey, accounts.Select(account => account.Path).ToArray());
    }
}
