namespace NatsKeys.Claims;

/// <summary>The authorization callout of an account. It is off if <see cref="AuthUsers"/> is empty.</summary>
public sealed class ExternalAuthorization : ClaimObject
{
    private ClaimList<string> authUsers = [];
    private ClaimList<string> allowedAccounts = [];
    private string? xkey;

    /// <summary>The public keys of the users that run the callout. All other users are authorized by it.</summary>
    public ClaimList<string> AuthUsers { get => authUsers; set => Set(ref authUsers, value); }

    /// <summary>The accounts in which the callout may place users, or the single entry <c>*</c> for all.</summary>
    public ClaimList<string> AllowedAccounts { get => allowedAccounts; set => Set(ref allowedAccounts, value); }

    /// <summary>The curve public key for which requests are encrypted.</summary>
    public string? Xkey { get => xkey; set => Set(ref xkey, value); }

    internal override void Map(ClaimMap map)
    {
        map.Texts("auth_users", ref authUsers);
        map.Texts("allowed_accounts", ref allowedAccounts);
        map.Text("xkey", ref xkey);
    }
}
