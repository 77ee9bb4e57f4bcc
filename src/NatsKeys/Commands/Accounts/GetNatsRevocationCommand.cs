using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives what accounts revoke: users, and activations of their exports.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Revocation)]
[OutputType(typeof(NatsRevocation))]
public sealed class GetNatsRevocationCommand : GetItemCmdlet<NatsRevocation>
{
    /// <summary>Only the revocation of this user: an object, a name or a public key; <c>*</c> stands for that of every user.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserKeyArgument? User { get; set; }

    private protected override string? Named => User is null ? null : $"revocation of the user '{User}'";

    private protected override IEnumerable<NatsRevocation> Items(NatsAccount account) => User is null
        ? account.GetRevocations()
        : account.GetRevocations().Where(revocation => revocation.Export is null && User.IsKey(revocation.PublicKey, account));
}
