using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the roles that the account on the command line has, or those of all where none is named.</summary>
public sealed class AccountRoleCompleter : AccountItemCompleter
{
    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) => RoleNameCompleter.RolesOf(account);
}
