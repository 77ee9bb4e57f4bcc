using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the roles of scoped signing keys. Accounts often use the same names.</summary>
public sealed class RoleNameCompleter : AccountItemCompleter
{
    // A new role of one account may have the name of a role of another.
    private protected override string[] AccountParameters => [];

    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) => RolesOf(account);

    /// <summary>The roles of an account.</summary>
    internal static IEnumerable<(string Text, string What)> RolesOf(NatsAccount account) =>
        account.Claims.SigningKeys.Where(key => !string.IsNullOrEmpty(key.Role)).Select(key => (key.Role!, "role"));
}
