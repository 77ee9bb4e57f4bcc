using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that give what accounts state: of one account, or of all. That there is none is an error only where one was named.
/// </summary>
/// <typeparam name="TItem">What it is.</typeparam>
public abstract class GetItemCmdlet<TItem> : StoreCmdlet
    where TItem : AccountItem
{
    /// <summary>The accounts; wildcards are allowed. All accounts without it.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>The operator of the accounts. All operators without it.</summary>
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
            Errors.Write(
                new NatsKeysException(ErrorCode.ClaimNotFound, $"There is no {Called(name)}{where}.{Spelling.Suggest(name, others)}"), name);
        }
    }

    /// <summary>Those that were named, without wildcards: that one is not there is an error.</summary>
    private protected virtual IEnumerable<string> Named => [];

    /// <summary>The names among names and wildcards.</summary>
    private protected static IEnumerable<string> Plain(string[] names) => names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name));

    /// <summary>One that was named, for people.</summary>
    private protected virtual string Called(string name) => $"'{name}'";

    /// <summary>What an account states.</summary>
    private protected abstract IEnumerable<TItem> Items(NatsAccount account);

    /// <summary>Whether this one was asked for.</summary>
    private protected virtual bool IsWanted(TItem item) => true;

    /// <summary>Whether a name means this one.</summary>
    private protected virtual bool IsNamed(TItem item, string name) => Matches(name, NameOf(item));

    /// <summary>The name of one that can be asked for; null where it has none.</summary>
    private protected virtual string? NameOf(TItem item) => null;

    /// <summary>Whether a text is among those that were asked for. A subject's own wildcards are wildcards here, too, and match themselves.</summary>
    private protected static bool Matches(string pattern, string? text) =>
        WildcardPattern.Get(pattern, WildcardOptions.CultureInvariant).IsMatch(text ?? "");

    /// <inheritdoc cref="Matches(string, string?)"/>
    private protected static bool Matches(string[] patterns, string? text) => Array.Exists(patterns, pattern => Matches(pattern, text));
}
