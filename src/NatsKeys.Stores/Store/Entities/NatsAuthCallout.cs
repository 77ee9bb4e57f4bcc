using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>The authorization callout of an account: users that decide about everyone else who connects.</summary>
public sealed class NatsAuthCallout : AccountItem
{
    internal NatsAuthCallout(NatsAccount account)
        : base(account)
    {
        ExternalAuthorization claims = account.Claims.Authorization;
        AuthUsers = new PrintableList<string>(claims.AuthUsers);
        AllowedAccounts = new PrintableList<string>(claims.AllowedAccounts);
        EncryptionKey = claims.Xkey;
    }

    /// <summary>The public keys of the users that decide.</summary>
    public IReadOnlyList<string> AuthUsers { get; }

    /// <summary>The public keys of the accounts into which they may place users, or the single entry <c>*</c>.</summary>
    public IReadOnlyList<string> AllowedAccounts { get; }

    /// <summary>The curve public key to which requests are sealed; null when they are not.</summary>
    public string? EncryptionKey { get; }

    /// <summary>The users that decide.</summary>
    public override string ToString() => VisibleText.Of(string.Join(", ", AuthUsers));
}
