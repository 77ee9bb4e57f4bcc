using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that give what accounts state: of one account, or of all. That there is none is an error only where one was named.
/// </summary>
/// <typeparam name="TItem">What it is.</typeparam>
public abstract class GetItemCmdlet<TItem> : StoreCmdlet
    where TItem : AccountItem
{
    /// <summary>The account. All accounts without it.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the accounts. All operators without it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Account;

    private protected sealed override void ProcessItem()
    {
        bool isFound = false;
        foreach (TItem item in new EntityReader(this).Accounts(Account, Operator).SelectMany(Items))
        {
            isFound = true;
            WriteObject(item);
        }

        if (!isFound && Named is { } name)
        {
            throw new NatsKeysException(
                ErrorCode.ClaimNotFound, $"There is no {name}{(Account is null ? " in the store" : $" of the account {Account}")}.");
        }
    }

    /// <summary>The one that was named, for people; null for those that a wildcard stands for, and for all.</summary>
    private protected virtual string? Named => null;

    /// <summary>What was named, where it is no wildcard.</summary>
    private protected static string? Name(string what, string subject) =>
        WildcardPattern.ContainsWildcardCharacters(subject) ? null : $"{what} '{subject}'";

    /// <summary>What an account states.</summary>
    private protected abstract IEnumerable<TItem> Items(NatsAccount account);

    /// <summary>Whether a text is among those that were asked for. A subject's own wildcards are wildcards here, too, and match themselves.</summary>
    private protected static bool Matches(string pattern, string? text) =>
        WildcardPattern.Get(pattern, WildcardOptions.CultureInvariant).IsMatch(text ?? "");
}
