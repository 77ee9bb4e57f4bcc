using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Checks a request against what the signer's machine knows independently. The writer of the request chose the tokens in it, including those of the
/// parents. They are trusted only if they lead to an operator that this machine knows, and if its store has no newer ones.
/// </summary>
/// <param name="store">The store of the signer.</param>
/// <param name="keys">The private keys that are available.</param>
/// <param name="request">The request.</param>
/// <param name="operatorKey">The public key of the operator; null if the signer did not specify it.</param>
internal sealed class RequestTrust(NatsStore store, KeyRing keys, NatsSigningRequest request, string? operatorKey)
{
    private readonly VerifiedEntities verified = new();

    // A request may contain thousands of users with the same account and operator, so results are cached.
    private readonly Dictionary<EntityPath, RequestedSignature> asked = request.GetSignatures().ToDictionary(signature => signature.Path);
    private readonly Dictionary<string, NatsOperator?> operators = new(StringComparer.Ordinal);
    private readonly HashSet<(EntityPath Path, string? Token)> newest = [];

    // The signatures that a dry run treats as made.
    private readonly HashSet<RequestedSignature> rehearsed = [];

    /// <summary>Treats a signature as made, so that its children can be checked in a dry run.</summary>
    public void Rehearse(RequestedSignature signature) => rehearsed.Add(signature);

    /// <summary>Returns the entity with its requested claims, below parents with the claims of their tokens.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotSigned"/>: a parent has no trusted token; <see cref="ErrorCode.RequestOutdated"/>: this machine has a newer
    /// token; <see cref="ErrorCode.EntityExists"/>: this machine has another entity with the same name.
    /// </exception>
    public NatsEntity EntityOf(RequestedSignature signature)
    {
        RequireNewest(signature.Entity, signature.Signed);
        return store.Make(signature.Path, signature.Entity.Document, signature.Entity.Above is { } above ? Standing(above, signature.Path) : null);
    }

    /// <summary>Describes how this machine knows the operator of a requested signature.</summary>
    /// <param name="signature">The requested signature.</param>
    /// <param name="named">The key that the signer specified; null for none.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.UnknownOperator"/>: this machine does not know the operator, or knows another one with this name.
    /// </exception>
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

    /// <summary>Throws if another operator in the store has the name of the operator to remember.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityExists"/>.</exception>
    public void RequireRoom()
    {
        if (operatorKey is not null
            && Local(operatorKey) is null
            && request.GetSignatures().Select(signature => RootOf(signature.Entity)).FirstOrDefault(root => root.Subject == operatorKey) is { } root
            && store.Load(root.Path) is { } taken)
        {
            throw new NatsKeysException(
                ErrorCode.EntityExists,
                $"The store {store.Location} has another {taken.Path}, with the key {taken.Document.Wanted.Subject}. Rename that one, or use "
                    + "another store. Nothing was signed.");
        }
    }

    /// <summary>Saves the operator that the signer specified in the store, so that this machine knows it from now on.</summary>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>Its place; null if it was already known, or if no key was specified.</returns>
    /// <exception cref="NatsKeysException">The operator could not be written.</exception>
    public EntityPath? Remember(CancellationToken cancellation) => Conflicts.Retry(() =>
    {
        NatsEntity? root = request.GetSignatures().Select(signature => RootOf(signature.Entity)).FirstOrDefault(root => root.Subject == operatorKey);
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
        $"The {root.Path} of the request has the key {root.Subject}, {why}. Anyone can create an operator with this name. Nothing was signed.")
    {
        Remedy = Remedy.ConfirmOperator,
    };

    /// <summary>Returns a parent with the token that it gets in this request, or else with its current token.</summary>
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

    /// <summary>Throws if the store has a newer token. An older one may lack a restriction, or list a key that has been removed since.</summary>
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

    /// <summary>Throws if this machine knows another entity at the same place: people identify entities only by name.</summary>
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
            // A key source that does not respond cannot confirm an operator.
            return false;
        }
    }
}
