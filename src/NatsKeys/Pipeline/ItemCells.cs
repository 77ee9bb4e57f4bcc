using System.Globalization;
using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Errors;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>The cells of the row that a cmdlet for items of accounts processes. Typed parameters apply to every row.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
/// <param name="current">Gets the current row; null if the item was specified in another way.</param>
internal sealed class ItemCells(NatsCmdlet cmdlet, Func<RowArgument?> current)
{
    private const string Account = "Account";
    private const string Operator = "Operator";

    /// <summary>The columns that identify an item. A cmdlet uses those that it has parameters for.</summary>
    public static readonly string[] Naming = [Account, Operator, "Subject", "Type", "From", "LocalSubject", "To", "Cluster", "Tier"];

    /// <summary>Refuses an object that is no row, an item of another kind, and a text if it is not clear what it is.</summary>
    /// <typeparam name="TItem">The type of the items of the cmdlet.</typeparam>
    /// <param name="column">The parameter that a text stands for; null for none.</param>
    /// <returns>Whether the row has columns: it is no text.</returns>
    public bool RequireMeaning<TItem>(string? column)
        where TItem : AccountItem
    {
        RowArgument row = current()!;
        string? other = row.Item is not null and not TItem ? Misfit.Describe(row.Item) : row.Other;
        if (other is not null)
        {
            string named = column is null ? "" : $" the {ClaimNames.Fold(column)} of one as text with -{Account},";
            throw new AdvisedException(
                ErrorCode.InvalidClaims,
                $"The input is {other}. {cmdlet.MyInvocation.MyCommand.Name} takes {typeof(TItem).Name} objects, accounts,{named} or table rows. "
                    + "Nothing was signed.");
        }

        if (row.Text is not { } text)
        {
            return true;
        }

        if (column is null)
        {
            throw new AdvisedException(
                ErrorCode.InvalidClaims,
                $"The input is the text '{SecretShape.Mask(text)}', but -{Account} was also specified. Specify only one of them.");
        }

        return cmdlet.Typed.Contains(Account) && !cmdlet.Typed.Contains(column)
            ? false
            : throw new AdvisedException(
                ErrorCode.InvalidClaims,
                $"It is not clear what '{SecretShape.Mask(text)}' is. If it is the {ClaimNames.Fold(column)}, specify -{Account} and no -{column}. "
                    + $"If it is the account, specify -{column} and no -{Account}. Nothing was signed.");
    }

    /// <summary>The name of the row in messages.</summary>
    public string RowName => current() is not { } row ? ""
        : row.Item?.ToString() ?? row.Text
            ?? (Convert.ToString(row.Cell("Subject") ?? row.Cell(Account), CultureInfo.InvariantCulture) is { Length: > 0 } name ? name : row.Kind);

    /// <summary>The typed value of a parameter; otherwise the cell of the row.</summary>
    public string? TypedOrCell(string parameter, string? typed) => current() is not { } row || cmdlet.Typed.Contains(parameter)
        ? typed
        : Convert.ToString(row.Cell(parameter), CultureInfo.InvariantCulture) is { Length: > 0 } cell ? cell : null;

    /// <summary>Whether the row has a column, even if its cell is empty.</summary>
    public bool Has(string name) => current()?.Has(name) == true;

    /// <summary>The account that was typed or that the row names.</summary>
    /// <param name="typed">The typed account.</param>
    /// <param name="typedAbove">The typed operator.</param>
    /// <param name="meant">Returns a sentence about what else a text seems to be; null if it is nothing else.</param>
    public NatsAccount AccountOf(AccountArgument? typed, OperatorArgument? typedAbove, Func<string, string?> meant)
    {
        string? account = TypedOrCell(Account, null);
        string? above = TypedOrCell(Operator, null);
        return FirstPosition.Resolve(
            account is null ? typed : new AccountArgument(account), above is null ? typedAbove : new OperatorArgument(above), cmdlet.Stores, meant);
    }

    /// <summary>A value that a row must have if it was not typed.</summary>
    /// <param name="column">The column.</param>
    /// <param name="what">What it names, for the error.</param>
    /// <param name="typed">The typed value.</param>
    public string Required(string column, string what, string? typed) => TypedOrCell(column, typed) is { Length: > 0 } value
        ? value
        : current() is { Text: { } text }
        ? throw new AdvisedException(ErrorCode.InvalidClaims, $"The {what} of '{text}' is not known. Specify -{column}.")
        : throw new NatsKeysException(
            ErrorCode.InvalidClaims,
            $"The input is {current()!.Describe()}. It names no {what}: the column '{column}' is missing or empty. This row was skipped.");

    /// <summary>The type that was typed or that the row has, as tokens spell it.</summary>
    public string? ItemType(string? typed) => TypedOrCell("Type", typed) switch
    {
        null => null,
        var text when ClaimNames.Fold(text) is ("stream" or "service") and var type => type,
        var other => throw new NatsKeysException(
            ErrorCode.InvalidClaims, $"'{other}' in the column 'Type' is not a valid type. Use Stream or Service. This row was skipped."),
    };
}
