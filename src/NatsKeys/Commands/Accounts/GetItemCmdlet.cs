using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The base class of the cmdlets that get items of one account, or of all. A missing item is an error only if it was requested by name.
/// </summary>
/// <typeparam name="TItem">The type of the items.</typeparam>
public abstract class GetItemCmdlet<TItem> : StoreCmdlet
    where TItem : AccountItem
{
    /// <summary>The accounts; wildcards are allowed. The default is all accounts.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [EntityInput(typeof(AccountArgument))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument[]? Account { get; set; }

    /// <summary>The operator of the accounts. The default is all operators.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Account is null ? null : string.Join(", ", (object[])Account);

    private protected sealed override void ProcessItem()
    {
        HashSet<string> missing = [.. Named];
        HashSet<string> others = [];
        foreach (TItem item in new EntityReader(this).Accounts(Account, Operator).SelectMany(Items))
        {
            bool isWanted = IsWanted(item);
            if (isWanted)
            {
                WriteObject(item);
                missing.RemoveWhere(name => IsNamed(item, name));
            }
            else if (missing.Count > 0 && NameOf(item) is { } name)
            {
                others.Add(name);
            }
        }

        foreach (string name in missing)
        {
            string where = Account is null ? " in the store"
                : $" of the account{(Account.Length == 1 ? "" : "s")} {string.Join(", ", (object[])Account)}";
            string message = $"There is no {Called(name)}{where}.";
            string suggestion = Spelling.Suggest(name, others);
            Errors.Write(
                suggestion.Length > 0
                    ? new NatsKeysException(ErrorCode.ClaimNotFound, message + suggestion) { IsExplained = true }
                    : new AdvisedException(
                        ErrorCode.ClaimNotFound, $"{message} Without a name, {MyInvocation.MyCommand.Name} lists all that there are."),
                name);
        }
    }

    /// <summary>The requested names without wildcards. It is an error if one of them does not exist.</summary>
    private protected virtual IEnumerable<string> Named => [];

    /// <summary>Returns the names that have no wildcards.</summary>
    private protected static IEnumerable<string> Plain(string[] names) => names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name));

    /// <summary>Describes a requested item in messages.</summary>
    private protected virtual string Called(string name) => $"'{name}'";

    /// <summary>Gets the items of an account.</summary>
    private protected abstract IEnumerable<TItem> Items(NatsAccount account);

    /// <summary>Whether an item was requested.</summary>
    private protected virtual bool IsWanted(TItem item) => true;

    /// <summary>Whether a name is that of an item.</summary>
    private protected virtual bool IsNamed(TItem item, string name) => Matches(name, NameOf(item));

    /// <summary>The name by which an item can be requested; null if it has none.</summary>
    private protected virtual string? NameOf(TItem item) => null;

    /// <summary>
    /// Whether a text matches a requested pattern. The wildcards of a NATS subject are wildcards here as well, and match themselves.
    /// </summary>
    private protected static bool Matches(string pattern, string? text) =>
        WildcardPattern.Get(pattern, WildcardOptions.CultureInvariant).IsMatch(text ?? "");

    /// <inheritdoc cref="Matches(string, string?)"/>
    private protected static bool Matches(string[] patterns, string? text) => Array.Exists(patterns, pattern => Matches(pattern, text));
}
