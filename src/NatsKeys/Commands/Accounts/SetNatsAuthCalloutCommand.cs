using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Sets the authorization callout of an account: users of it decide about everyone else who connects.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.AuthCallout, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class SetNatsAuthCalloutCommand : EditItemCmdlet<NatsAuthCallout>, IDynamicParameters
{
    private AuthCalloutParameters given = new();

    /// <inheritdoc/>
    public override AccountArgument? Account
    {
        get => given.Account;
        set => given.Account = value;
    }

    private UserKeyArgument[]? AuthUser => given.AuthUser;

    /// <summary>Users to add to those that decide.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserKeyArgument[] AddAuthUser { get; set; } = [];

    /// <summary>Users to remove from those that decide.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserKeyArgument[] RemoveAuthUser { get; set; } = [];

    /// <summary>
    /// All accounts into which the callout may place users: objects, names or public keys, or <c>*</c> for every account. If the list is empty, only
    /// this account.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument[]? AllowedAccount { get; set; }

    /// <summary>Accounts to add to those into which the callout may place users.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument[] AddAllowedAccount { get; set; } = [];

    /// <summary>Accounts to remove from those into which the callout may place users.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument[] RemoveAllowedAccount { get; set; } = [];

    /// <summary>The curve key for which servers encrypt requests; only its public half is recorded.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument? EncryptionKey { get; set; }

    /// <summary>Turns the encryption of requests off.</summary>
    [Parameter]
    public SwitchParameter RemoveEncryptionKey { get; set; }

    /// <summary>Gets the parameters for the account and the users. Without piped input, the account has the first position.</summary>
    public object GetDynamicParameters() => given = MyInvocation.ExpectingInput ? new PipedAuthCalloutParameters() : new AuthCalloutParameters();

    private protected override string? MeantBy(string text) => IsUser(text) ? "For a user, use -AuthUser." : null;

    private protected override string? TextParameter => null;

    private protected override void ProcessItem()
    {
        if (EncryptionKey is not null && RemoveEncryptionKey)
        {
            throw new AdvisedException(
                ErrorCode.InvalidClaims, "An encryption key can be set or removed, not both. Specify -EncryptionKey or -RemoveEncryptionKey.");
        }

        if (AuthUser is [])
        {
            throw Refusal("The list of -AuthUser is empty");
        }

        bool isSpecified = (InputObject ?? Account ?? Operator ?? (object?)Row) is not null;
        UserKeyArgument? anyUser = (AuthUser ?? []).Concat(AddAuthUser).Concat(RemoveAuthUser).FirstOrDefault();
        NatsAccount account = (isSpecified ? null : anyUser?.FindAccount(Stores.Open)) ?? ResolveAccount();
        string[]? users = KeysOf(AuthUser, account);
        string[]? accounts = KeysOf(AllowedAccount, account);
        (string[] Add, string[] Remove) changedUsers = (KeysOf(AddAuthUser, account)!, KeysOf(RemoveAuthUser, account)!);
        (string[] Add, string[] Remove) changedAccounts = (KeysOf(AddAllowedAccount, account)!, KeysOf(RemoveAllowedAccount, account)!);
        var missing = new List<(string Parameter, string Value, string? Meant)>();
        using NatsKeyPair? key = EncryptionKey?.Resolve(Paths.Full);
        string? xkey = key?.PublicKey;
        EntityChangeResult? change = Edit(account, "Set the authorization callout and sign again", entity =>
        {
            missing.Clear();
            ExternalAuthorization callout = entity.Claims.Authorization;
            bool wasOn = callout.AuthUsers.Count > 0;
            callout.AuthUsers = users is null ? callout.AuthUsers : [.. users];
            callout.AllowedAccounts = accounts is null ? callout.AllowedAccounts : [.. accounts];
            missing.AddRange(TextLists.Change(callout.AuthUsers, changedUsers.Add, changedUsers.Remove, nameof(RemoveAuthUser)));
            missing.AddRange(TextLists.Change(callout.AllowedAccounts, changedAccounts.Add, changedAccounts.Remove, nameof(RemoveAllowedAccount)));
            callout.Xkey = xkey ?? (RemoveEncryptionKey ? null : callout.Xkey);
            if (callout.AuthUsers.Count == 0)
            {
                throw wasOn ? Refusal("No callout user would remain") : new AdvisedException(
                    ErrorCode.InvalidClaims, $"The {entity.Path} has no authorization callout yet. Specify its users with -AuthUser.");
            }
        });
        if (change is not null || StoreChanges.IsWhatIf(this))
        {
            Messages.WriteMissing(account.Path.ToString(), missing);
        }
    }

    private bool IsUser(string text)
    {
        try
        {
            return PublicNkey.Is(text, NatsKeyType.User) || Stores.Open().LocateUser(text) is not null;
        }
        catch (NatsKeysException error) when (error.Code is ErrorCode.EntityNotFound or ErrorCode.EntityAmbiguous or ErrorCode.InvalidName)
        {
            return error.Code == ErrorCode.EntityAmbiguous;
        }
    }

    private static AdvisedException Refusal(string why) => new(
        ErrorCode.InvalidClaims,
        $"{why}. Everyone with a valid token could then connect without the callout. Nothing was signed. Specify the callout users with -AuthUser, "
            + "or turn the callout off with Remove-NatsAuthCallout.");

    private static string[]? KeysOf(UserKeyArgument[]? users, NatsAccount account) =>
        users is null ? null : [.. users.Select(user => user.Resolve(account).Key).Distinct(StringComparer.Ordinal)];

    private static string[]? KeysOf(AccountKeyArgument[]? accounts, NatsAccount account) => accounts is null
        ? null
        : [.. accounts.Select(other => other.Key(account.Store, account.Operator)).Distinct(StringComparer.Ordinal)];
}
