using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>The authorization callout of an account: users that decide about everyone else who connects.</summary>
public sealed class NatsAuthCallout : AccountItem
{
    internal NatsAuthCallout(NatsAccount account)
        : base(account)
    {
        ExternalAuthorization claims = account.Claims.Authorization;
        AuthUsers = new PrintableList<string>(claims.AuthUsers.Select(key => account.UserNames.GetValueOrDefault(key, key)));
        AllowedAccounts = new PrintableList<string>(
            claims.AllowedAccounts.Select(key => KnownNames.OfAccount(account.Store, account.Operator, key)!));
        EncryptionKey = claims.Xkey;
    }

    /// <summary>The users that decide, by their names; by their public keys where the store does not have them.</summary>
    public IReadOnlyList<string> AuthUsers { get; }

    /// <summary>
    /// The accounts into which they may place users, by their names; by their public keys where the store does not have them. Or the single entry
    /// <c>*</c>.
    /// </summary>
    public IReadOnlyList<string> AllowedAccounts { get; }

    /// <summary>The curve public key to which requests are sealed; null when they are not.</summary>
    public string? EncryptionKey { get; }

    /// <summary>The users that decide.</summary>
    public override string ToString() => TextSanitizer.Clean(string.Join(", ", AuthUsers));
}
