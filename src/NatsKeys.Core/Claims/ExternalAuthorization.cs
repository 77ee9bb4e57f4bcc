namespace NatsKeys.Claims;

/// <summary>The authorization callout of an account; off while <see cref="AuthUsers"/> is empty.</summary>
public sealed class ExternalAuthorization : ClaimObject
{
    private ClaimList<string> authUsers = [];
    private ClaimList<string> allowedAccounts = [];
    private string? xkey;

    /// <summary>Public keys of the users that decide about everyone else.</summary>
    public ClaimList<string> AuthUsers { get => authUsers; set => Set(ref authUsers, value); }

    /// <summary>Accounts into which they may place users, or the single entry <c>*</c>.</summary>
    public ClaimList<string> AllowedAccounts { get => allowedAccounts; set => Set(ref allowedAccounts, value); }

    /// <summary>The curve public key to which requests are sealed.</summary>
    public string? Xkey { get => xkey; set => Set(ref xkey, value); }

    internal override void Map(ClaimMap map)
    {
        map.Texts("auth_users", ref authUsers);
        map.Texts("allowed_accounts", ref allowedAccounts);
        map.Text("xkey", ref xkey);
    }
}
