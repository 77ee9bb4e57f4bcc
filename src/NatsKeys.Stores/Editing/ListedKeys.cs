using NatsKeys.Claims;

namespace NatsKeys.Editing;

/// <summary>Changes the list of signing keys in an owner's claims.</summary>
internal static class ListedKeys
{
    /// <summary>
    /// Adds a key after another one, or replaces that one, with the same role and template. A key that is already listed keeps its position.
    /// </summary>
    public static void Enter(ClaimSet claims, string oldKey, string newKey, bool replace)
    {
        if (!claims.ListedKeys.Contains(newKey))
        {
            if (claims is AccountClaims account)
            {
                AccountSigningKey old = account.SigningKeys.Last(key => key.Key == oldKey);
                AccountSigningKey entry = ClaimCopier.Copy(old);
                entry.Key = newKey;
                account.SigningKeys.Insert(account.SigningKeys.IndexOf(old) + 1, entry);
            }
            else
            {
                ClaimList<string> keys = ((OperatorClaims)claims).SigningKeys;
                keys.Insert(keys.IndexOf(oldKey) + 1, newKey);
            }
        }

        if (replace)
        {
            Remove(claims, oldKey);
        }
    }

    /// <summary>Removes a key from the list.</summary>
    public static void Remove(ClaimSet claims, string key)
    {
        if (claims is AccountClaims account)
        {
            account.SigningKeys.RemoveAll(entry => entry.Key == key);
        }
        else
        {
            ((OperatorClaims)claims).SigningKeys.RemoveAll(entry => entry == key);
        }
    }
}
