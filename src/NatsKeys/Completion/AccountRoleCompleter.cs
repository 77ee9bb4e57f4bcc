using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the roles of the account on the command line, or of all accounts.</summary>
public sealed class AccountRoleCompleter : AccountItemCompleter
{
    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) => RoleNameCompleter.RolesOf(account);
}
