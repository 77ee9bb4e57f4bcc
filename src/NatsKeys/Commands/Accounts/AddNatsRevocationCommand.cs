using System.Globalization;
using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Revokes tokens that were issued so far: tokens of users, or activations of an export.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.Revocation, SupportsShouldProcess = true, DefaultParameterSetName = OfUser)]
[OutputType(typeof(NatsAccount))]
public sealed class AddNatsRevocationCommand : RevocationCmdlet, IDynamicParameters
{
    private RevocationAccountParameters given = new();

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The time up to which issued tokens are revoked; the default is now.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? At { get; set; }

    /// <summary>Gets the parameter for the account, which may be piped if the users or the export are typed.</summary>
    public object GetDynamicParameters() => given = IsAccountPiped ? new PipedRevocationAccountParameters() : new RevocationAccountParameters();

    private AccountArgument? Account => given.Account;

    private protected override void ProcessOne()
    {
        NatsAccount account = ResolveAccount(Account, Operator);
        (string key, DateTimeOffset? issuedAt) = ResolveKey(account);
        bool isEverybody = !IsOfExport && key == Revocations.All && (At ?? TimeOfRow) is null;
        DateTimeOffset upTo = UpTo(issuedAt, isEverybody);
        string what = !IsOfExport
            ? key == Revocations.All ? "all users" : UserNamed(Shown(key))
            : $"activations of '{Export ?? (object?)CellOf("Export")}' for {(key == Revocations.All ? "all accounts" : Shown(key))}";
        EntityChangeResult<NatsAccount>? change = Edit(account, $"Revoke {what} up to {upTo:u} and sign again", entity =>
        {
            Revocations.Revoke(ListOf(entity), key, upTo.ToUnixTimeSeconds());
            if (isEverybody && issuedAt > upTo)
            {
                entity.RevokeEverybody(upTo);
            }
        }, key == Revocations.All ? $"This cuts off {what} of the {account.Path} whose tokens were issued up to {upTo:u}. Continue?" : null);
        if (change is not null && issuedAt > upTo && !isEverybody)
        {
            WriteWarning(key == Revocations.All
                ? $"The newest token was issued at {issuedAt:u}, after the time up to which all are revoked ({upTo:u}). Tokens from after that time "
                    + "stay valid (time.revoked-before)."
                : $"The token of {Shown(key)} was issued at {issuedAt:u}, after the time up to which it is revoked ({upTo:u}). The token stays valid "
                    + "(time.revoked-before).");
        }
    }

    /// <summary>Adds the kind to a name or key. A user object shows it already.</summary>
    private static string UserNamed(string shown) => shown.StartsWith("user ", StringComparison.Ordinal) ? shown : $"user {shown}";

    private protected override IEnumerable<string> RowNames => [nameof(At)];

    /// <summary>The time of a row; null where none came or its cell is empty.</summary>
    private TimeArgument? TimeOfRow => Row?.Cell(nameof(At)) switch
    {
        null => null,
        DateTimeOffset date => new TimeArgument(date),
        var cell => InputFormatter.OfCell(cell) is var text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset written)
            ? new TimeArgument(written)
            : new TimeArgument(text),
    };

    /// <summary>
    /// Returns the time up to which tokens are revoked. A token that was signed twice within a second has the next second as its issue time, and is
    /// revoked as well.
    /// </summary>
    private DateTimeOffset UpTo(DateTimeOffset? issuedAt, bool isEverybody)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if ((At ?? TimeOfRow) is { } at)
        {
            return at.Require(nameof(At), "To lift a revocation, use Remove-NatsRevocation.");
        }

        return isEverybody ? Revocations.UpToForAll(now, issuedAt) : Revocations.UpTo(now, issuedAt);
    }
}
