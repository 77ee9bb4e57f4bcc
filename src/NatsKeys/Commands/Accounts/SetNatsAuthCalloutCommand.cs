using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Lets users of an account decide about everyone else who connects.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.AuthCallout, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class SetNatsAuthCalloutCommand : EditItemCmdlet<NatsAuthCallout>
{
    /// <summary>All users that decide: objects, names or public keys. They themselves connect as usual.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserKeyArgument[]? AuthUser { get; set; }

    /// <summary>
    /// All accounts into which they may place users: objects, names or public keys, or <c>*</c> for every account. None for this account alone.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument[]? AllowedAccount { get; set; }

    /// <summary>The curve key to which requests are sealed; only its public half is recorded.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument? EncryptionKey { get; set; }

    /// <summary>Sends requests as they are.</summary>
    [Parameter]
    public SwitchParameter RemoveEncryptionKey { get; set; }

    private protected override void ProcessItem()
    {
        if (EncryptionKey is not null && RemoveEncryptionKey)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, "An encryption key can be set or removed, not both: give -EncryptionKey or -RemoveEncryptionKey.");
        }

        bool isSaid = (InputObject ?? Account ?? (object?)Operator) is not null;
        NatsAccount account = (isSaid ? null : AuthUser?[0].FindAccount(Stores.Open)) ?? ResolveAccount();
        string[]? users = AuthUser is null ? null : [.. AuthUser.Select(user => user.Resolve(account).Key).Distinct(StringComparer.Ordinal)];
        string[]? accounts = AllowedAccount is null
            ? null
            : [.. AllowedAccount.Select(other => other.Key(account.Store, account.Operator)).Distinct(StringComparer.Ordinal)];
        using NatsKeyPair? key = EncryptionKey?.Resolve(Paths.Full);
        string? xkey = key?.PublicKey;
        Edit(account, "Set the authorization callout and sign again", entity =>
        {
            ExternalAuthorization callout = entity.Claims.Authorization;
            callout.AuthUsers = users is null ? callout.AuthUsers : [.. users];
            callout.AllowedAccounts = accounts is null ? callout.AllowedAccounts : [.. accounts];
            callout.Xkey = xkey ?? (RemoveEncryptionKey ? null : callout.Xkey);
            if (callout.AuthUsers.Count == 0)
            {
                throw new NatsKeysException(
                    ErrorCode.InvalidClaims, $"The {entity.Path} has no authorization callout yet: name the users that decide with -AuthUser.");
            }
        });
    }
}
