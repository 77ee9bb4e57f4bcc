using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>Represents the authorization callout of an account: the users that authorize every other connecting user.</summary>
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

    /// <summary>The names of the users that authorize others; the public key of a user that the store does not have.</summary>
    public IReadOnlyList<string> AuthUsers { get; }

    /// <summary>
    /// The names of the accounts in which the callout may place users; the public key of an account that the store does not have. The single entry
    /// <c>*</c> stands for all accounts.
    /// </summary>
    public IReadOnlyList<string> AllowedAccounts { get; }

    /// <summary>The curve public key with which requests are encrypted; null if they are not encrypted.</summary>
    public string? EncryptionKey { get; }

    /// <summary>Returns the users that authorize others.</summary>
    public override string ToString() => TextSanitizer.Clean(string.Join(", ", AuthUsers));
}
