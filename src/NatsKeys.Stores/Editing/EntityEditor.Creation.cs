using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>Creates an operator, signed by its own identity key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="configure">Sets further claims; null for the defaults of a new operator.</param>
    /// <exception cref="NatsKeysException">The name is taken or not valid, or the key cannot sign.</exception>
    public NatsOperator CreateOperator(NewEntity request, Action<OperatorClaims>? configure = null) => Conflicts.Retry(() =>
    {
        using StoreTransaction change = Begin();
        NatsOperator made = CreateOperator(change, request, configure);
        change.Commit();
        return made;
    });

    /// <summary>Creates an account of an operator.</summary>
    /// <param name="request">The request.</param>
    /// <param name="operatorPath">The operator.</param>
    /// <param name="configure">Sets further claims; null for the defaults of a new account.</param>
    /// <exception cref="NatsKeysException">The name is taken or not valid, or no key may sign.</exception>
    public NatsAccount CreateAccount(NewEntity request, EntityPath operatorPath, Action<AccountClaims>? configure = null) => Conflicts.Retry(() =>
    {
        using StoreTransaction change = Begin();
        NatsAccount made = CreateAccount(change, request, operatorPath, configure);
        change.Commit();
        return made;
    });

    /// <summary>Creates a user of an account.</summary>
    /// <param name="request">The request.</param>
    /// <param name="accountPath">The account.</param>
    /// <exception cref="NatsKeysException">The name is taken or not valid, or no key may sign.</exception>
    public NatsUser CreateUser(NewEntity request, EntityPath accountPath) => Conflicts.Retry(() =>
    {
        using StoreTransaction change = Begin();
        NatsUser made = CreateUser(change, request, accountPath);
        change.Commit();
        return made;
    });

    internal NatsOperator CreateOperator(StoreTransaction change, NewEntity request, Action<OperatorClaims>? configure = null)
    {
        var path = new EntityPath(EntityName.Check(request.Name));
        return (NatsOperator)Create(change, path, request, new OperatorClaims(), configure, parent: null, (subject, claims) =>
        {
            // An operator has no parent: its signer must belong to the operator as it will be.
            var future = (NatsOperator)Store.Make(path, new EntityDocument(claims, Jwt: null), parent: null);
            SigningKeyChoice choice = request.SigningKey == SigningKeyChoice.Default ? SigningKeyChoice.Of(subject) : request.SigningKey;
            return FindOwnSigner(choice, future);
        });
    }

    internal NatsAccount CreateAccount(
        StoreTransaction change, NewEntity request, EntityPath operatorPath, Action<AccountClaims>? configure = null)
    {
        NatsEntity parent = change.GetShared(operatorPath);
        EntityPath path = parent.Path.Child(EntityName.Check(request.Name));
        return (NatsAccount)Create(
            change, path, request, new AccountClaims(), configure, parent, (_, _) => FindSigner(request.SigningKey, parent, path.ToString()));
    }

    internal NatsUser CreateUser(StoreTransaction change, NewEntity request, EntityPath accountPath)
    {
        NatsAccount parent = change.GetShared<NatsAccount>(accountPath);
        EntityPath path = parent.Path.Child(EntityName.Check(request.Name));
        return (NatsUser)Create(change, path, request, new UserClaims(), configure: null, parent, (_, claims) =>
        {
            ISigner signer = FindSigner(request.SigningKey, parent, path.ToString());
            if (request.Permissions is { } permissions)
            {
                claims.Permissions = ClaimCopier.Copy(permissions);
            }

            UserScope.Enter(claims, parent, signer.PublicKey, isAsked: request.Permissions is not null);
            return signer;
        });
    }

    private NatsEntity Create<TClaims>(
        StoreTransaction change, EntityPath path, NewEntity request, TClaims claims, Action<TClaims>? configure, NatsEntity? parent,
        Func<NatsKeyPair, TClaims, ISigner> findSigner)
        where TClaims : ClaimSet
    {
        NatsKeyType type = path.Kind.ToKeyType();
        RequireFree(path, Remedy.TakeExisting);
        request.Key?.Require(type);
        NatsKeyPair? generated = request.Key is null ? NatsKeyPair.Generate(type) : null;
        NatsKeyPair key = request.Key ?? generated!;
        try
        {
            claims.Name = path.Name;
            claims.Subject = key.PublicKey;
            claims.Expires = UnixTime.FromDate(request.Expires);
            claims.NotBefore = UnixTime.FromDate(request.NotBefore);
            claims.Tags = ClaimLists.Folded(request.Tags);
            List(request.NewSigningKeys, type, claims);
            configure?.Invoke(claims);
            Rules.RequireTimes(path, claims, expires: 0, notBefore: 0);
            ISigner signer = findSigner(key, claims);
            if (configure is null)
            {
                // Nobody else has these claims, so they need not be copied to be signed.
                claims.Freeze();
            }

            EntityDocument document = SignClaims(path, claims, signer, parent);
            Store.LookAlikes.Warn(path);
            foreach (NatsKeyPair kept in (NatsKeyPair[])[key, .. request.NewSigningKeys])
            {
                change.KeepKey(kept);
            }

            change.Save(path, document);
            return Store.Make(path, document, parent);
        }
        finally
        {
            generated?.Dispose();
        }
    }

    private static void List(IReadOnlyList<NatsKeyPair> signingKeys, NatsKeyType type, ClaimSet claims)
    {
        foreach (NatsKeyPair key in signingKeys)
        {
            key.Require(type);
            switch (claims)
            {
                case OperatorClaims operatorClaims:
                    ClaimLists.AddText(operatorClaims.SigningKeys, key.PublicKey);
                    break;
                case AccountClaims account:
                    account.SigningKeys.Add(new AccountSigningKey { Key = key.PublicKey });
                    break;
            }
        }
    }
}
