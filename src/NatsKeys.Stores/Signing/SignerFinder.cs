using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Signing;

/// <summary>
/// Finds the key that signs. If a key is specified and is not available, the error lists the places that were tried. No other key is used instead,
/// and no key signs unless the parent lists it.
/// </summary>
/// <param name="keys">The available keys.</param>
/// <param name="chosen">Called with the key and the reason whenever a key is chosen because none was specified; null if not needed.</param>
internal sealed class SignerFinder(KeyRing keys, Action<SignerReason>? chosen = null)
{
    /// <summary>Finds a key that may sign.</summary>
    /// <param name="choice">The key that was specified.</param>
    /// <param name="parent">The entity whose keys may sign.</param>
    /// <param name="trusted">The public keys that may sign.</param>
    /// <param name="what">The object to sign, for messages.</param>
    /// <param name="current">The current version of the object; null if it is new.</param>
    /// <exception cref="SigningKeyException">The specified key is not available or may not sign.</exception>
    /// <exception cref="NatsKeysException">No key was specified, and none can sign.</exception>
    public ISigner Find(SigningKeyChoice choice, NatsEntity parent, IReadOnlyCollection<string> trusted, string what, NatsEntity? current = null)
    {
        try
        {
            return FindAllowed(choice, parent, trusted, what, current);
        }
        catch (NatsKeysException error) when (choice != SigningKeyChoice.Default)
        {
            throw new SigningKeyException(error);
        }
    }

    /// <summary>Finds a specified key without checking who trusts it.</summary>
    /// <param name="choice">The key that was specified.</param>
    /// <param name="candidates">The possible public keys of an external signer.</param>
    /// <param name="what">The object to sign, for messages.</param>
    /// <exception cref="SigningKeyException">The key is not available.</exception>
    public ISigner FindAny(SigningKeyChoice choice, IReadOnlyCollection<string> candidates, string what)
    {
        try
        {
            ISigner signer = choice switch
            {
                SigningKeyChoice.ByKey chosen => WithSeed(chosen.Key, what),
                SigningKeyChoice.ByText chosen => FromText(chosen, parent: null, what),
                SigningKeyChoice.ByFunction chosen => ExternalSigner.Identify(chosen.Sign, candidates),
                _ => throw NotFound(null, what, []),
            };
            return PublicNkey.Is(signer.PublicKey, NatsKeyType.Curve)
                ? throw new NatsKeysException(ErrorCode.InvalidCurveKeyOperation, $"Key {signer.PublicKey} is a curve key. Curve keys cannot sign.")
                : signer;
        }
        catch (NatsKeysException error)
        {
            throw new SigningKeyException(error);
        }
    }

    private ISigner FindAllowed(SigningKeyChoice choice, NatsEntity parent, IReadOnlyCollection<string> trusted, string what, NatsEntity? current)
    {
        ISigner signer = choice switch
        {
            SigningKeyChoice.ByKey chosen => WithSeed(chosen.Key, what),
            SigningKeyChoice.ByText chosen => FromText(chosen, parent, what),
            SigningKeyChoice.ByFunction chosen => ExternalSigner.Identify(chosen.Sign, trusted),
            _ => ByDefault(parent, trusted, what, current),
        };
        return trusted.Contains(signer.PublicKey) ? signer : throw NotAllowed(signer.PublicKey, parent, what);
    }

    private static NatsKeysException NotAllowed(string publicKey, NatsEntity parent, string what)
    {
        if (parent is NatsOperator { SigningKeys: var listed } && listed.Contains(publicKey))
        {
            return new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed,
                $"Key {publicKey} may not sign {what}. An operator must be signed by its identity key; its signing keys sign accounts. Nothing "
                    + "was signed.");
        }

        string reason = publicKey == parent.Subject
            ? $"it is the identity key of {parent.Path}, and the operator requires signing keys"
            : $"{parent.Path} does not list it as a signing key";
        return new NatsKeysException(ErrorCode.SigningKeyNotAllowed, $"Key {publicKey} may not sign {what}: {reason}. Nothing was signed.");
    }

    private static NatsKeysException NotFound(string? asked, string what, IEnumerable<string> tried, Remedy? remedy = null) =>
        new(
            ErrorCode.SigningKeyNotFound,
            (asked is null
                ? $"No signing key was specified, and none could be chosen for {what}. "
                : $"The signing key {asked} for {what} was not found. ")
                + (string.Join("; ", tried) is { Length: > 0 } places ? $"Tried: {places}. " : "")
                + "Nothing was signed.")
        {
            Remedy = remedy,
        };

    private static string WhyNoKey(string text)
    {
        bool looksLikeKey = text.Length is > 50 and < 64 && text.All(char.IsAsciiLetterOrDigit);
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        return looksLikeKey && KeyEncoding.DecodePublic(text, out _, raw) is { } error ? KeyEncoding.Explain(error) : "it is neither";
    }

    private ISigner WithSeed(NatsKeyPair key, string what) =>
        key.HasSeed ? key : keys.Find(key.PublicKey) ?? throw NotFound(key.PublicKey, what, ["the key itself, which has no seed", .. Places()]);

    private ISigner FromText(SigningKeyChoice.ByText choice, NatsEntity? parent, string what)
    {
        string text = choice.Text.Trim();
        if (NatsKeyPair.IsSeed(text))
        {
            return keys.Keep(NatsKeyPair.FromSeed(text));
        }

        if (PublicNkey.TryGetType(text, out _))
        {
            return keys.Find(text) ?? throw NotFound(text, what, Places());
        }

        var tried = new List<string> { $"as a public key or seed: {WhyNoKey(text)}" };
        if (FromRole(text, parent, what, tried) is { } byRole)
        {
            return byRole;
        }

        if (File.Exists(choice.Path))
        {
            NatsKeyPair fromFile = SeedFile.Read(choice.Path);
            if (fromFile.HasSeed)
            {
                return keys.Keep(fromFile);
            }

            using (fromFile)
            {
                return WithSeed(fromFile, what);
            }
        }

        tried.Add($"as the path of a key file: there is no file {SecretShape.Show(choice.Path)}");
        throw NotFound(SecretShape.Show(text), what, tried);
    }

    private ISigner? FromRole(string role, NatsEntity? parent, string what, List<string> tried)
    {
        if (parent is not NatsAccount account)
        {
            return null;
        }

        NatsSigningKey[] found = [.. account.GetSigningKeys().Where(key => key.IsScoped && key.Role == role)];
        switch (found.Length)
        {
            case 0:
                string[] roles = [.. account.GetSigningKeys().Where(key => !string.IsNullOrEmpty(key.Role)).Select(key => $"'{key.Role}'")];
                tried.Add($"as a role of {account.Path}: it has {(roles.Length == 0 ? "no roles" : "the roles " + string.Join(", ", roles))}");
                return null;
            case 1:
                return keys.Find(found[0].PublicKey) ?? throw NotFound($"of role '{role}'", what, Places($"the seed of {found[0].PublicKey}"));
            default:
                throw new NatsKeysException(
                    ErrorCode.EntityAmbiguous,
                    $"{account.Path} has {found.Length} signing keys with the role '{role}': "
                        + $"{string.Join(", ", found.Select(key => key.PublicKey))}. Specify one by its public key.");
        }
    }

    private ISigner ByDefault(NatsEntity parent, IReadOnlyCollection<string> trusted, string what, NatsEntity? current)
    {
        bool isOfRole = current is NatsUser { Claims.Permissions.IsCleared: true };
        foreach ((string key, SignerPlace place) in SignerOrder.Of(parent, trusted, current?.Issuer, isOfRole))
        {
            if (keys.Find(key) is { } signer)
            {
                chosen?.Invoke(new SignerReason(what, SignerName.OfKey(parent, key), SignerOrder.Describe(place, parent)));
                return signer;
            }
        }

        IEnumerable<string> tried = isOfRole
            ? [$"the key that signed it, {current!.Issuer}, which is scoped (only a key that is specified can replace it)"]
            : Tried(parent, trusted);
        throw NotFound(asked: null, what, tried, isOfRole || trusted.Contains(parent.Subject!) ? null : Remedy.AddSigningKey);
    }

    private IEnumerable<string> Tried(NatsEntity parent, IReadOnlyCollection<string> trusted)
    {
        string[] plain = [.. SignerOrder.SigningKeys(parent, trusted)];
        string[] places = [.. keys.Describe()];
        string signing = plain.Length == 0
            ? "unscoped signing keys (there are none)"
            : $"the seeds of the unscoped signing keys {string.Join(", ", plain)} in {places[0]}";
        string identity = trusted.Contains(parent.Subject!)
            ? $"the seed of the identity key {parent.Subject} in {places[0]}"
            : "the identity key, which may not sign because the operator requires signing keys";
        return [signing, identity, .. places[1..]];
    }

    /// <summary>Describes where a key was looked for: its seed in the key root, and every other source.</summary>
    private IEnumerable<string> Places(string what = "its seed") =>
        keys.Describe().Select((place, index) => index == 0 ? $"{what} in {place}" : place);
}

/// <summary>The key that was chosen because none was specified, and the reason.</summary>
/// <param name="What">The object that it signs, for messages.</param>
/// <param name="Key">The key, or the role that it gives.</param>
/// <param name="Reason">Why this key was chosen.</param>
internal sealed record SignerReason(string What, string Key, string Reason)
{
    /// <summary>Returns the sentence for the user.</summary>
    public override string ToString() => $"No key was specified, so {Key} signs the {What}: it is {Reason}.";
}
