using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the roles of scoped signing keys: accounts often name theirs alike.</summary>
public sealed class RoleNameCompleter : AccountItemCompleter
{
    // A role that is given to a key of one account may well be known from another.
    private protected override string[] AccountParameters => [];

    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) => RolesOf(account);

    /// <summary>The roles of an account.</summary>
    internal static IEnumerable<(string Text, string What)> RolesOf(NatsAccount account) =>
        account.Claims.SigningKeys.Where(key => !string.IsNullOrEmpty(key.Role)).Select(key => (key.Role!, "role"));
}
