using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>
/// Which columns of a table the parameters of a cmdlet take. A column that nothing takes is an error: it may be one that restricts what is made. The
/// properties that belong to the type of an object were not chosen by whoever pipes it, so they are passed over, except those that look like a
/// parameter.
/// </summary>
internal sealed class RowColumns
{
    // Words that people and other tools use for what parameters say.
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Expiration"] = "Expires", ["ExpirationDate"] = "Expires", ["ExpiryDate"] = "Expires", ["ExpiresOn"] = "Expires",
        ["ValidUntil"] = "Expires", ["NotAfter"] = "Expires",
        ["Start"] = "NotBefore", ["ValidFrom"] = "NotBefore", ["Label"] = "Tag", ["Labels"] = "Tag",
        ["AllowPubSub"] = "AllowPublishSubscribe", ["UserName"] = "Name",
        ["Bearer"] = "BearerToken", ["ConnType"] = "ConnectionType", ["PublicKey"] = "Key", ["Seed"] = "Key", ["Issuer"] = "SigningKey",
    };

    // It says how rows are taken, and nothing of what is made: the property of a file that it exists is no slip of it.
    private const string Manner = "IfExists";

    // What the engine adds to objects from other machines and jobs.
    private static readonly HashSet<string> Engine = new(
        ["PSComputerName", "PSShowComputerName", "PSSourceJobInstanceId", "RunspaceId"], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> taken;
    private readonly HashSet<string> typed;
    private readonly HashSet<string> notTaken = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> known;
    private readonly string outcome;

    /// <param name="parameters">The parameters of the cmdlet: those of the pipeline take columns by their names.</param>
    /// <param name="others">The parameters that take columns beside them.</param>
    /// <param name="typed">The parameters that were typed: they hold for every row.</param>
    /// <param name="known">Columns that say what the entity is, as Get- cmdlets give them, and that change nothing.</param>
    /// <param name="outcome">What became of the row that is refused, for messages.</param>
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

    /// <summary>Refuses a row that says something which nothing takes.</summary>
    /// <param name="row">The row.</param>
    /// <param name="name">The name of what is made, for the message.</param>
    /// <param name="isMapped">Whether script blocks read columns, be their names what they will.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public void Check(RowArgument row, string name, bool isMapped)
    {
        bool isRow = isMapped;
        foreach ((string column, bool isOwn) in row.Columns())
        {
            if (taken.Contains(column))
            {
                isRow |= isOwn || !typed.Contains(column);
            }
            else if (notTaken.Contains(column))
            {
                isRow = true;
                if (!typed.Contains(column) && row.Cell(column) is not null)
                {
                    throw Refusal($"The column '{column}' cannot come from a table. Use -{column} for all rows, or leave the column out.");
                }
            }
            else if (!Engine.Contains(column) && !known.Contains(column)
                && Meant(column) is var meant
                && ((isOwn && !isMapped) || (meant is not null && row.Cell(column) is not null)))
            {
                throw Refusal(
                    $"No parameter takes the column '{SecretShape.Mask(column)}' of '{name}'.{(meant is null ? "" : $" Did you mean '{meant}'?")} "
                        + "Rename the column or leave it out.");
            }
        }

        if (!isRow)
        {
            throw Refusal($"The input for '{name}' is {row.Kind}, not a row of a table: no parameter takes any of its properties.");
        }
    }

    private NatsKeysException Refusal(string message) => new(ErrorCode.InvalidClaims, $"{message} {outcome}");

    /// <summary>The parameter that a column looks like: a slip, an abbreviation, a plural, or another word for it.</summary>
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
                parameter => Spelling.IsSlip(parameter.Upper, plain)
                    || (plain.Length > 3 && parameter.Upper.StartsWith(plain, StringComparison.Ordinal)))
            .OrderBy(parameter => Math.Abs(parameter.Upper.Length - plain.Length))
            .FirstOrDefault().Name;
    }
}
