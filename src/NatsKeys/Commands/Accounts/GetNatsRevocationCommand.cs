using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the revocations of accounts: of users, and of activations of their exports.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Revocation)]
[OutputType(typeof(NatsRevocation))]
public sealed class GetNatsRevocationCommand : GetItemCmdlet<NatsRevocation>
{
    /// <summary>Only the revocations of these users: objects, names or public keys; <c>*</c> stands for the revocation of all users.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserKeyArgument[]? User { get; set; }

    private protected override IEnumerable<string> Named => User?.Select(user => user.ToString()) ?? [];

    private protected override string Called(string name) => $"revocation of the user '{name}'";

    private protected override IEnumerable<NatsRevocation> Items(NatsAccount account) => account.GetRevocations();

    private protected override bool IsWanted(NatsRevocation item) => User is null || Array.Exists(User, user => IsOf(item, user));

    private protected override bool IsNamed(NatsRevocation item, string name) =>
        Array.Exists(User!, user => user.ToString() == name && IsOf(item, user));

    private static bool IsOf(NatsRevocation item, UserKeyArgument user) =>
        item.Export is null && user.IsKey(item.PublicKey, item.GetAccount());
}
