using NatsKeys.Claims;
using NatsKeys.Yaml;

namespace NatsKeys.Editing;

/// <summary>Changes the list of signing keys in an owner's claims.</summary>
internal static class ListedKeys
{
    /// <summary>Puts a key beside another one, or in its place, with the same role and template. One that is listed already stays where it is.</summary>
    public static void Enter(ClaimSet claims, string oldKey, string newKey, bool replace)
    {
        if (!claims.ListedKeys.Contains(newKey))
        {
            if (claims is AccountClaims account)
            {
                int place = account.SigningKeys.FindLastIndex(key => key.Key == oldKey);
                AccountSigningKey old = account.SigningKeys[place];
                var entry = new AccountSigningKey { Key = newKey, IsScoped = old.IsScoped, Role = old.Role, Description = old.Description };
                YamlClaimReader.Read(entry.Template, YamlClaimWriter.Write(old.Template, entry.Template));
                account.SigningKeys.Insert(place + 1, entry);
            }
            else
            {
                List<string> keys = ((OperatorClaims)claims).SigningKeys;
                keys.Insert(keys.LastIndexOf(oldKey) + 1, newKey);
            }
        }

        if (replace)
        {
            Remove(claims, oldKey);
        }
    }

    /// <summary>Takes a key off the list.</summary>
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
