using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Makes operators, accounts and users.</summary>
public static class EntityCreation
{
    /// <summary>Makes an operator, signed by its own identity key.</summary>
    /// <param name="editor">The editor of the store.</param>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="NatsKeysException">The name is taken or cannot be one, or the key cannot sign.</exception>
    public static NatsOperator CreateOperator(this EntityEditor editor, NewEntity request)
    {
        using StoreChange change = editor.Begin();
        NatsOperator made = editor.CreateOperator(change, request);
        change.Commit();
        return made;
    }

    /// <summary>Makes an account of an operator.</summary>
    /// <param name="editor">The editor of the store.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="operatorPath">The operator.</param>
    /// <exception cref="NatsKeysException">The name is taken or cannot be one, or there is no key that may sign.</exception>
    public static NatsAccount CreateAccount(this EntityEditor editor, NewEntity request, EntityPath operatorPath)
    {
        using StoreChange change = editor.Begin();
        NatsAccount made = editor.CreateAccount(change, request, operatorPath);
        change.Commit();
        return made;
    }

    /// <summary>Makes a user of an account.</summary>
    /// <param name="editor">The editor of the store.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="accountPath">The account.</param>
    /// <exception cref="NatsKeysException">The name is taken or cannot be one, or there is no key that may sign.</exception>
    public static NatsUser CreateUser(this EntityEditor editor, NewEntity request, EntityPath accountPath)
    {
        using StoreChange change = editor.Begin();
        NatsUser made = editor.CreateUser(change, request, accountPath);
        change.Commit();
        return made;
    }

    internal static NatsOperator CreateOperator(this EntityEditor editor, StoreChange change, NewEntity request)
    {
        var path = new EntityPath(EntityName.Check(request.Name));
        return (NatsOperator)editor.Create(change, path, request, new OperatorClaims(), parent: null, (subject, claims) =>
        {
            // Nothing stands above an operator: what it will be is what its signer must belong to.
            var future = (NatsOperator)editor.Store.Make(path, new EntityDocument(claims, Jwt: null), parent: null);
            SigningKeyChoice choice = request.SigningKey == SigningKeyChoice.Default ? SigningKeyChoice.Of(subject) : request.SigningKey;
            return editor.FindOwnSigner(choice, future);
        });
    }

    internal static NatsAccount CreateAccount(this EntityEditor editor, StoreChange change, NewEntity request, EntityPath operatorPath)
    {
        NatsEntity parent = change.GetShared(operatorPath);
        EntityPath path = parent.Path.Child(EntityName.Check(request.Name));
        return (NatsAccount)editor.Create(
            change, path, request, new AccountClaims(), parent, (_, _) => editor.FindSigner(request.SigningKey, parent, path.ToString()));
    }

    internal static NatsUser CreateUser(this EntityEditor editor, StoreChange change, NewEntity request, EntityPath accountPath)
    {
        var parent = (NatsAccount)change.GetShared(accountPath);
        EntityPath path = parent.Path.Child(EntityName.Check(request.Name));
        var claims = new UserClaims();
        return (NatsUser)editor.Create(change, path, request, claims, parent, (_, _) =>
        {
            ISigner signer = editor.FindSigner(request.SigningKey, parent, path.ToString());
            if (request.Permissions is { } permissions)
            {
                claims.Permissions = (UserPermissions)permissions.Copy();
            }

            UserScope.Enter(claims, parent, signer.PublicKey, isAsked: request.Permissions is not null);
            return signer;
        });
    }

    private static NatsEntity Create(
        this EntityEditor editor, StoreChange change, EntityPath path, NewEntity request, ClaimSet claims, NatsEntity? parent,
        Func<NatsKeyPair, ClaimSet, ISigner> findSigner)
    {
        NatsKeyType type = path.Kind.ToKeyType();
        editor.RequireFree(path);
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
            request.Configure?.Invoke(claims);
            editor.Rules.RequireTimes(path, claims, expires: 0, notBefore: 0);
            EntityDocument document = editor.SignClaims(path, claims, findSigner(key, claims), parent);
            editor.Store.LookAlikes.Warn(path);
            foreach (NatsKeyPair kept in (NatsKeyPair[])[key, .. request.NewSigningKeys])
            {
                change.KeepKey(kept);
            }

            change.Save(path, document);
            return editor.Store.Make(path, document, parent);
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
