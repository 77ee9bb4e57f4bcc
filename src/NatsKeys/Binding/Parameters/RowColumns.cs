using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>
/// The table columns that the parameters of a cmdlet accept. An unknown column is an error, because it may be meant to restrict the new item.
/// Properties of an object's type were not chosen by the user, so they are ignored, except those that resemble a parameter.
/// </summary>
internal sealed class RowColumns
{
    // Words that people and other tools use for the parameters.
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Expiration"] = "Expires", ["ExpirationDate"] = "Expires", ["ExpiryDate"] = "Expires", ["ExpiresOn"] = "Expires",
        ["ValidUntil"] = "Expires", ["NotAfter"] = "Expires",
        ["Start"] = "NotBefore", ["ValidFrom"] = "NotBefore", ["Label"] = "Tag", ["Labels"] = "Tag",
        ["AllowPubSub"] = "AllowPublishSubscribe", ["UserName"] = "Name",
        ["Bearer"] = "BearerToken", ["ConnType"] = "ConnectionType", ["PublicKey"] = "Key", ["Seed"] = "Key", ["Issuer"] = "SigningKey",
    };

    // This parameter is about the handling of rows, not their content. Files have a property that resembles it.
    private const string Manner = "IfExists";

    // Properties that PowerShell adds to objects from other machines and jobs.
    private static readonly HashSet<string> Engine = new(
        ["PSComputerName", "PSShowComputerName", "PSSourceJobInstanceId", "RunspaceId"], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> taken;
    private readonly HashSet<string> typed;
    private readonly HashSet<string> notTaken = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> known;
    private readonly string outcome;

    /// <param name="parameters">The parameters of the cmdlet. Those with pipeline input accept columns of their names.</param>
    /// <param name="others">Other parameters that accept columns.</param>
    /// <param name="typed">The parameters on the command line, which apply to every row.</param>
    /// <param name="known">Columns that identify the entity in the output of Get- cmdlets, and that change nothing.</param>
    /// <param name="outcome">What happened to a refused row, for messages.</param>
    public RowColumns(
        IEnumerable<ParameterMetadata> parameters, IEnumerable<string> others, IEnumerable<string> typed, IEnumerable<string> known, string outcome)
    {
        this.typed = new(typed, StringComparer.OrdinalIgnoreCase);
        this.known = new(known, StringComparer.OrdinalIgnoreCase);
        this.outcome = outcome;
        taken = new(others, StringComparer.OrdinalIgnoreCase);
        foreach (ParameterMetadata parameter in parameters.Where(
            parameter => !typeof(RowArgument).IsAssignableFrom(parameter.ParameterType) && !IsCommon(parameter)))
        {
            bool isTaken = taken.Contains(parameter.Name)
                || parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName);
            (isTaken ? taken : notTaken).UnionWith(parameter.Aliases.Prepend(parameter.Name));
            this.typed.UnionWith(this.typed.Contains(parameter.Name) ? parameter.Aliases : []);
        }
    }

    private static bool IsCommon(ParameterMetadata parameter) =>
        Cmdlet.CommonParameters.Contains(parameter.Name) || Cmdlet.OptionalCommonParameters.Contains(parameter.Name);

    /// <summary>Refuses a row with an unknown column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="name">The name of the new item, for the message.</param>
    /// <param name="isMapped">Whether script blocks read the columns, so that their names do not matter.</param>
    /// <param name="current">
    /// Gets the item that the row names. A table of what there is has columns for its values: they change nothing, but a value that differs may be
    /// meant to.
    /// </param>
    /// <param name="isWhole">Whether the columns without a parameter, too, must agree with the item.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public void Check(RowArgument row, string name, bool isMapped, Func<object?>? current = null, bool isWhole = false)
    {
        bool isRow = isMapped;
        PSObject? item = null;
        foreach ((string column, bool isOwn) in row.Columns())
        {
            if (taken.Contains(column))
            {
                isRow |= isOwn || !typed.Contains(column);
            }
            else if (notTaken.Contains(column))
            {
                isRow = true;
                if (!typed.Contains(column) && row.Cell(column) is { } cell)
                {
                    PSPropertyInfo? own = known.Contains(column) ? Stored()?.Properties[column] : null;
                    if (own is null || !RowCell.IsSame(cell, own.Value))
                    {
                        throw Refusal(
                            $"The column '{column}' cannot come from a table{(own is null ? "" : ", and its value differs from that in the store")}. "
                                + $"Use -{column} for all rows, or leave the column out.");
                    }
                }
            }
            else if (known.Contains(column) && row.Cell(column) is { } shown
                && isWhole && Stored()?.Properties[column] is { } property
                && !RowCell.IsSame(shown, property.Value))
            {
                throw Refusal(
                    $"The column '{column}' of '{name}' sets nothing, and its value differs from that in the store. Use the parameter for it, and "
                        + "leave the column out.");
            }
            else if (!Engine.Contains(column) && !known.Contains(column)
                && Meant(column) is var meant
                && ((isOwn && !isMapped) || (meant is not null && row.Cell(column) is not null)))
            {
                string unknown = $"No parameter accepts the column '{SecretShape.Mask(column)}' of '{name}'.";
                throw Refusal(
                    meant is null ? $"{unknown} Rename the column or leave it out."
                    : taken.Contains(meant) ? $"{unknown} Did you mean '{meant}'? Rename the column or leave it out."
                    : $"{unknown} If -{meant} was meant, specify it for all rows, and leave the column out: it cannot come from a table.");
            }
        }

        if (!isRow)
        {
            throw Refusal($"The input for '{name}' is {row.Kind}, not a row of a table: no parameter accepts any of its properties.");
        }

        PSObject? Stored() => item ??= current?.Invoke() is { } found ? PSObject.AsPSObject(found) : null;
    }

    private NatsKeysException Refusal(string message) => new(ErrorCode.InvalidClaims, $"{message} {outcome}");

    /// <summary>The parameter that a column resembles: a typing error, an abbreviation, a plural, or a synonym.</summary>
    private string? Meant(string column)
    {
        if (Synonyms.TryGetValue(column, out string? synonym) && (taken.Contains(synonym) || notTaken.Contains(synonym)))
        {
            return synonym;
        }

        string plain = column
            .Replace("_", "", StringComparison.Ordinal)
            .Replace("-", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return taken.Concat(notTaken)
            .Where(parameter => parameter != Manner)
            .Select(parameter => (Name: parameter, Upper: parameter.ToUpperInvariant()))
            .Where(
                parameter => Spelling.IsTypo(parameter.Upper, plain)
                    || (plain.Length > 3 && parameter.Upper.StartsWith(plain, StringComparison.Ordinal)))
            .OrderBy(parameter => Math.Abs(parameter.Upper.Length - plain.Length))
            .FirstOrDefault().Name;
    }
}
