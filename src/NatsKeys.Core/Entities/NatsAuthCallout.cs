namespace NatsKeys.Entities;

/// <summary>The authorization callout of an account: users that decide about everyone else who connects.</summary>
public sealed class NatsAuthCallout : IAccountItem
{
    internal NatsAuthCallout(NatsAccount account) => Account = account;

    /// <summary>The account.</summary>
    public NatsAccount Account { get; }

    /// <summary>The public keys of the users that decide.</summary>
    public IReadOnlyList<string> AuthUsers => new Listing<string>(Account.Claims.Authorization.AuthUsers);

    /// <summary>The public keys of the accounts into which they may place users, or the single entry <c>*</c>.</summary>
    public IReadOnlyList<string> AllowedAccounts => new Listing<string>(Account.Claims.Authorization.AllowedAccounts);

    /// <summary>The curve public key to which requests are sealed; null when they are not.</summary>
    public string? EncryptionKey => Account.Claims.Authorization.Xkey;

    /// <summary>The users that decide.</summary>
    public override string ToString() => string.Join(", ", AuthUsers);
}
