namespace NatsKeys.Claims;

/// <summary>The authorization callout of an account; off while <see cref="AuthUsers"/> is empty.</summary>
public sealed class ExternalAuthorization : ClaimObject
{
    /// <summary>Public keys of the users that decide about everyone else.</summary>
    public List<string> AuthUsers { get; set; } = [];

    /// <summary>Accounts into which they may place users, or the single entry <c>*</c>.</summary>
    public List<string> AllowedAccounts { get; set; } = [];

    /// <summary>The curve public key to which requests are sealed.</summary>
    public string? Xkey { get; set; }

    internal override void Map(ClaimMap map)
    {
        AuthUsers = map.Texts("auth_users", AuthUsers);
        AllowedAccounts = map.Texts("allowed_accounts", AllowedAccounts);
        Xkey = map.Text("xkey", Xkey);
    }
}
