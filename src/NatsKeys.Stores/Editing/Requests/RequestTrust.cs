using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// What the machine of the signer knows by itself of what a request says. Its writer chose the tokens in it, also those above: they count as far as
/// they lead to an operator that this machine knows, and as this machine has none that are newer.
/// </summary>
/// <param name="store">The store of the signer.</param>
/// <param name="keys">The private keys that are available.</param>
/// <param name="request">The request.</param>
/// <param name="operatorKey">The public key of the operator, where the signer names it.</param>
internal sealed class RequestTrust(NatsStore store, KeyRing keys, NatsSigningRequest request, string? operatorKey)
{
    private readonly VerifiedEntities verified = new();

    // A request may ask for thousands of users, which have the same account and operator above them.
    private readonly Dictionary<EntityPath, RequestedSignature> asked = request.Signatures.ToDictionary(signature => signature.Path);
    private readonly Dictionary<string, NatsOperator?> operators = new(StringComparer.Ordinal);
    private readonly HashSet<(EntityPath Path, string? Token)> newest = [];

    // What is taken as signed without being so, where all is done as if.
    private readonly HashSet<RequestedSignature> rehearsed = [];

    /// <summary>Takes it that a signature was made, for those below it.</summary>
    public void Rehearse(RequestedSignature signature) => rehearsed.Add(signature);

    /// <summary>The entity as it shall be, below what stands above it by its token.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotSigned"/>: something above has no token that counts; <see cref="ErrorCode.RequestOutdated"/>: this machine has a
    /// newer one; <see cref="ErrorCode.EntityExists"/>: this machine has another one of the name.
    /// </exception>
    public NatsEntity EntityOf(RequestedSignature signature)
    {
        RequireNewest(signature.Entity, signature.Signed);
        return store.Make(signature.Path, signature.Entity.Document, signature.Entity.Above is { } above ? Standing(above, signature.Path) : null);
    }

    /// <summary>How this machine knows the operator of what is asked for, for people.</summary>
    /// <param name="signature">The request.</param>
    /// <param name="named">The key that the signer named, where it is available.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.UnknownOperator"/>: it does not, or it knows another one of this name.</exception>
    public string Introduce(RequestedSignature signature, ISigner? named)
    {
        NatsEntity root = RootOf(signature.Entity);
        string identity = root.Subject!;
        if (operatorKey is not null && operatorKey != identity)
        {
            throw Unknown(root, $"not {operatorKey}, which was specified");
        }

        string how = operatorKey is not null ? "its key was specified"
            : Local(identity) is { } known ? $"it is the {known.Path} of the store {store.Location}"
            : named?.PublicKey == identity || signature.SigningKey == identity || HasKey(identity) ? "its private key is available"
            : throw Unknown(
                root,
                store.FindReadable(root.Path) is NatsOperator other
                    ? $"but the {other.Path} in the store {store.Location} has the key {other.Subject}"
                    : "which is unknown on this machine");
        string date = verified.Find(root) is { IssuedAt: { } issuedAt } ? $" Its token in the request was issued at {issuedAt:u}." : "";
        return $"The {root.Path} has the key {identity}: {how}.{date}";
    }

    /// <summary>Refuses to remember an operator whose name is that of another one.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityExists"/>.</exception>
    public void RequireRoom()
    {
        if (operatorKey is not null
            && Local(operatorKey) is null
            && request.Signatures.Select(signature => RootOf(signature.Entity)).FirstOrDefault(root => root.Subject == operatorKey) is { } root
            && store.Load(root.Path) is { } taken)
        {
            throw new NatsKeysException(
                ErrorCode.EntityExists,
                $"The store {store.Location} has another {taken.Path}, with the key {taken.Document.Wanted.Subject}. Rename that one, or use "
                    + "another store. Nothing was signed.");
        }
    }

    /// <summary>Takes the operator that was named into the store, so that it is known from now on.</summary>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>Its place; null where it was known, or no key was named.</returns>
    /// <exception cref="NatsKeysException">It could not be written.</exception>
    public EntityPath? Remember(CancellationToken cancellation) => Conflicts.Retry(() =>
    {
        NatsEntity? root = request.Signatures.Select(signature => RootOf(signature.Entity)).FirstOrDefault(root => root.Subject == operatorKey);
        if (operatorKey is null
            || root is null
            || Local(operatorKey) is not null
            || (Find(root.Path)?.Token ?? verified.Find(root)?.Document.ReadToken()) is not { } token)
        {
            return null;
        }

        using StoreTransaction edit = store.BeginChange(cancellation);
        edit.Save(root.Path, new EntityDocument(token.Claims, token.Token));
        edit.Commit();
        return root.Path;
    });

    private static NatsEntity RootOf(NatsEntity entity) => entity.Above is { } above ? RootOf(above) : entity;

    private static NatsKeysException Unknown(NatsEntity root, string why) => new(
        ErrorCode.UnknownOperator,
        $"The {root.Path} of the request has the key {root.Subject}, {why}. Anybody can create an operator of this name. Nothing was signed.")
    {
        Remedy = Remedy.ConfirmOperator,
    };

    /// <summary>What stands above, by the token that it gets in this request, else by the one that it has.</summary>
    private NatsEntity Standing(NatsEntity entity, EntityPath below)
    {
        NatsEntity? above = entity.Above is { } upper ? Standing(upper, entity.Path) : null;
        RequestedSignature? own = Find(entity.Path);
        if (own is not null && rehearsed.Contains(own))
        {
            return store.Make(entity.Path, entity.Document, above);
        }

        NatsJwt? token = own?.Token ?? verified.Find(entity)?.Document.ReadToken();
        if (token is null || VerifiedEntities.Make(entity, token, above) is not { } found)
        {
            throw new NatsKeysException(
                ErrorCode.EntityNotSigned,
                $"The {entity.Path}, the parent of the {below}, has no token signed by "
                    + $"{(above is null ? "its own key" : $"a key of the {above.Path}")}. "
                    + "Sign the parent first. Nothing was signed.");
        }

        RequireNewest(entity, token);
        return found;
    }

    private RequestedSignature? Find(EntityPath path) => asked.GetValueOrDefault(path);

    /// <summary>Refuses what was taken out of an older token, which may lack a rule or list a key that was taken off since.</summary>
    private void RequireNewest(NatsEntity entity, NatsJwt? token)
    {
        if (newest.Contains((entity.Path, token?.Token)))
        {
            return;
        }

        NatsEntity? known = entity is NatsOperator ? Local(entity.Subject!) : store.FindReadable(entity.Path);
        RequireSame(entity, known);
        if (known?.Subject == entity.Subject
            && verified.Find(known!) is { IssuedAt: var newer }
            && newer > (token?.IssuedAt ?? DateTimeOffset.MinValue))
        {
            throw new NatsKeysException(
                ErrorCode.RequestOutdated,
                $"The store {store.Location} has the {known!.Path} as signed at {newer:u}, but the request has "
                    + $"{(token is null ? "no valid token of it" : $"an older version, signed at {token.IssuedAt:u}")}. Nothing was signed.");
        }

        newest.Add((entity.Path, token?.Token));
    }

    /// <summary>Refuses an entity in the place of another one that this machine knows: a name is all that people tell it by.</summary>
    private void RequireSame(NatsEntity entity, NatsEntity? known)
    {
        if (known is not null && known.Subject != entity.Subject && Local(RootOf(entity).Subject!)?.Path == RootOf(known).Path)
        {
            throw new NatsKeysException(
                ErrorCode.EntityExists,
                $"The store {store.Location} has another {known.Path}, with the key {known.Subject}. The one in the request has {entity.Subject}. "
                    + "If the one here is obsolete, rename or remove it. Otherwise, use another store. Nothing was signed.");
        }
    }

    private NatsOperator? Local(string identity) => operators.TryGetValue(identity, out NatsOperator? known)
        ? known
        : operators[identity] = store.Names()
            .Select(name => store.FindReadable(new EntityPath(name))).OfType<NatsOperator>()
            .FirstOrDefault(found => found.Subject == identity);

    private bool HasKey(string publicKey)
    {
        try
        {
            return keys.Contains(publicKey);
        }
        catch (NatsKeysException)
        {
            // A source that does not answer vouches for nobody.
            return false;
        }
    }
}
