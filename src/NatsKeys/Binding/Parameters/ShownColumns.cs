using System.Collections;
using System.Globalization;
using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>
/// Reads the columns in which Get cmdlets show settings. Some of them have other names than the parameters, or say in words what several parameters
/// set. A table of everything that a Get cmdlet shows also has columns that follow from others, such as keys and states: they set nothing.
/// </summary>
internal static class ShownColumns
{
    private const string ListSeparator = ", ";
    private const string KindColumn = nameof(NatsEntity.Kind);

    // No network, type of connection, time of day or address of a server has one of these.
    private static readonly string[] AnySeparator = [",", ";"];

    // The names of the columns, and of the parameters that set what they show.
    private static readonly (string Shown, string Parameter)[] UserNames =
    [
        (nameof(NatsUser.SourceNetworks), nameof(UserPermissionParameters.SourceNetwork)),
        (nameof(NatsUser.ConnectionTypes), nameof(UserPermissionParameters.ConnectionType)),
        (nameof(NatsUser.Times), nameof(UserPermissionParameters.AllowedTime)),
        (nameof(NatsUser.TimeZone), nameof(UserPermissionParameters.Locale)),
    ];

    private static readonly (string Shown, string Parameter)[] OperatorNames =
        [(nameof(NatsOperator.ServiceUrls), nameof(OperatorParameters.ServiceUrl))];

    // The columns of permissions in words: to publish, to subscribe and to respond.
    private static readonly string[] UserWords = [nameof(NatsUser.Publish), nameof(NatsUser.Subscribe), nameof(NatsUser.Responses)];

    private static readonly string[] AccountWords =
        [nameof(NatsAccount.DefaultPublish), nameof(NatsAccount.DefaultSubscribe), nameof(NatsAccount.DefaultResponses)];

    // Every table of entities has these. A table that somebody wrote has some of them at most.
    private static readonly string[] OfEveryEntity =
        [KindColumn, nameof(NatsEntity.Subject), nameof(NatsEntity.Issuer), nameof(NatsEntity.IssuedAt), nameof(NatsEntity.State)];

    private static readonly string[] Derived =
        [.. OfEveryEntity, nameof(NatsEntity.SignedBy), nameof(NatsUser.IssuerAccount)];

    private static readonly string[] Lists =
    [
        nameof(NatsUser.AllowPublish), nameof(NatsUser.DenyPublish), nameof(NatsUser.AllowSubscribe), nameof(NatsUser.DenySubscribe),
        nameof(NatsEntity.Tags),
    ];

    private static readonly string[] Times = [nameof(NatsEntity.Expires), nameof(NatsEntity.NotBefore)];

    private static readonly string[] ExportedForms = ["MM/dd/yyyy HH:mm:ss zzz", "dd/MM/yyyy HH:mm:ss zzz"];

    // What other cmdlets set.
    private static readonly string[] OfOthers =
    [
        nameof(NatsEntity.Audience), nameof(NatsAccount.SigningKeys), nameof(NatsAccount.Roles), nameof(NatsAccount.Exports),
        nameof(NatsAccount.Imports), nameof(NatsAccount.SubjectMappings), nameof(NatsAccount.Revocations), nameof(NatsAccount.JetStreamLimits),
        nameof(NatsAccount.AuthCalloutUsers), nameof(NatsAccount.AuthCalloutAccounts), nameof(NatsAccount.AuthCalloutXkey),
        nameof(NatsOperator.SystemAccount),
    ];

    // What shows that the row is about another entity, or older than the entity in the store.
    private static readonly string[] OfTheEntity = [nameof(NatsEntity.Subject), nameof(NatsEntity.SignedBy), nameof(NatsEntity.State)];

    /// <summary>Refuses a row that shows an entity of another kind, which may have the same name.</summary>
    /// <param name="row">The row.</param>
    /// <param name="entity">The type of the entity.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public static void RequireKind(RowArgument row, Type entity)
    {
        string kind = entity.Name["Nats".Length..];
        if (IsShown(row) && row.Cell(KindColumn) is { } cell && !kind.Equals(InputFormatter.OfCell(cell), StringComparison.OrdinalIgnoreCase))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The input is {row.Describe()}. Its column '{KindColumn}' says that it shows no {ClaimNames.Fold(kind)}. This row was skipped.");
        }
    }

    /// <summary>Reads the columns with settings of a row that describes an entity.</summary>
    /// <param name="row">The row.</param>
    /// <param name="entity">The type of the entity.</param>
    /// <param name="current">Gets the entity that the row names; null where it is new.</param>
    public static void Read(RowArgument row, Type entity, Func<NatsEntity>? current = null)
    {
        bool isShown = IsShown(row);
        foreach ((string shown, string parameter) in NamesOf(entity))
        {
            if (row.Has(shown))
            {
                row.Hide(shown);
                bool isList = isShown && shown != nameof(NatsUser.TimeZone);
                row.Read(parameter, row.Cell(parameter) ?? AsList(row.Cell(shown), isList ? AnySeparator : []));
            }
        }

        ReadWords(row, entity);
        if (isShown)
        {
            ReadLists(row);
        }

        ReadTimes(row, isShown, current);
    }

    /// <summary>Takes the columns that set nothing of a new entity out of a row of a Get cmdlet.</summary>
    /// <param name="row">The row.</param>
    /// <param name="entity">The type of the entity.</param>
    /// <returns>Those of them with values that other cmdlets set.</returns>
    public static IReadOnlyList<string> HideOthers(RowArgument row, Type entity)
    {
        if (!IsShown(row))
        {
            // A table of the columns of the view. Any other state is a reason not to make the entity again.
            if (InputFormatter.OfCell(row.Cell(nameof(NatsEntity.State)) ?? "") == EntityState.Signed)
            {
                row.Hide(nameof(NatsEntity.State));
            }

            return [];
        }

        if (entity == typeof(NatsUser) && row.Cell(nameof(NatsUser.Role)) is null
            && InputFormatter.OfCell(row.Cell(nameof(NatsEntity.State)) ?? "") == EntityState.Untrusted)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                "The row shows a user in the state Untrusted. If a role gave it its permissions, they are not known, and the new user would have all "
                    + "permissions. Correct the user in its store, or name the role in the column 'Role'. This row was skipped.");
        }

        foreach (string column in Derived)
        {
            row.Hide(column);
        }

        string[] others = [.. OfOthers.Where(column => entity.GetProperty(column) is not null && row.Has(column))];
        foreach (string column in others)
        {
            row.Hide(column);
        }

        return [.. others.Where(column => row.Cell(column) is not null)];
    }

    /// <summary>The columns that set nothing of an existing entity, and whose values differ from what it has.</summary>
    /// <param name="row">The row.</param>
    /// <param name="current">Gets the entity that the row names. It is read only for a row that has such a column.</param>
    public static IReadOnlyList<string> Ignored(RowArgument row, Func<NatsEntity> current)
    {
        string[] columns = [.. OfOthers.Concat(OfTheEntity).Where(column => row.Cell(column) is not null)];
        if (columns.Length == 0)
        {
            return [];
        }

        PSObject stored = PSObject.AsPSObject(current());
        return Array.FindAll(
            columns, column => stored.Properties[column] is { } property && !RowCell.IsSame(row.Cell(column)!, property.Value));
    }

    private static NatsKeysException Unclear(string column, string text, string form) => new(
        ErrorCode.InvalidClaims,
        $"'{SecretShape.Mask(text)}' in the column '{column}' is not in the form in which permissions are shown. Write {form}. This row was "
            + "skipped.");

    private static bool IsShown(RowArgument row) => Array.TrueForAll(OfEveryEntity, row.Has);

    private static (string Shown, string Parameter)[] NamesOf(Type entity) =>
        entity == typeof(NatsUser) ? UserNames : entity == typeof(NatsOperator) ? OperatorNames : [];

    /// <summary>Reads the permissions that columns tell in words, unless other columns list them.</summary>
    private static void ReadWords(RowArgument row, Type entity)
    {
        string[] words = entity == typeof(NatsUser) ? UserWords : entity == typeof(NatsAccount) ? AccountWords : [];
        if (words is not [var publish, var subscribe, var respond])
        {
            return;
        }

        ReadSubjects(row, publish, nameof(PermissionParameters.AllowPublish), nameof(PermissionParameters.DenyPublish));
        ReadSubjects(row, subscribe, nameof(PermissionParameters.AllowSubscribe), nameof(PermissionParameters.DenySubscribe));
        if (row.Cell(respond) is string text)
        {
            if (!ClaimSummary.TryReadResponse(text, out long? most, out string? ttl))
            {
                throw Unclear(respond, text, "Not set, or as '5 within 2m'");
            }

            row.Hide(respond);
            row.Read(nameof(PermissionParameters.AllowResponse), row.Cell(nameof(PermissionParameters.AllowResponse)) ?? most);
            row.Read(nameof(PermissionParameters.ResponseTtl), row.Cell(nameof(PermissionParameters.ResponseTtl)) ?? ttl);
        }
    }

    /// <summary>
    /// Reads subjects from words, or leaves them to the columns that list them. If both have been filled in, they must agree: a restriction that
    /// somebody wrote in one of them must not be lost.
    /// </summary>
    private static void ReadSubjects(RowArgument row, string words, string allow, string deny)
    {
        if (row.Cell(words) is not string text)
        {
            row.Hide(words);
            return;
        }

        string[] listedAllow = Items(row, allow);
        string[] listedDeny = Items(row, deny);
        bool isListed = listedAllow.Length + listedDeny.Length > 0;
        if (!ClaimSummary.TryReadSubjects(text, out string[] allowed, out string[] denied))
        {
            throw Unclear(words, text, "All, or as 'allow a, b; deny c'");
        }

        row.Hide(words);
        if (!isListed)
        {
            row.Read(allow, allowed);
            row.Read(deny, denied);
        }
        else if (!allowed.ToHashSet().SetEquals(listedAllow) || !denied.ToHashSet().SetEquals(listedDeny))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The column '{words}' says something else than '{allow}' and '{deny}'. Leave out what is not meant. This row was skipped.");
        }
        else
        {
            // Both agree, so a comma without a space is part of a subject.
            ReadItems(row, allow, listedAllow);
            ReadItems(row, deny, listedDeny);
        }
    }

    private static void ReadItems(RowArgument row, string column, string[] items)
    {
        if (items.Length > 0)
        {
            row.Read(column, items);
        }
    }

    private static string[] Items(RowArgument row, string column) =>
        AsList(row.Cell(column), ListSeparator) is string[] items ? items : [];

    /// <summary>Reads the texts of lists as Get cmdlets write them, which is less free than what people type.</summary>
    private static void ReadLists(RowArgument row)
    {
        foreach (string column in Lists.Where(column => row.ReadOf(column) is null && row.Has(column)))
        {
            RequireClear(row, column);
            row.Read(column, AsList(row.Cell(column), ListSeparator));
        }
    }

    /// <summary>
    /// Reads the times as Export-Csv writes them: with the day or the month first, depending on the language of the session. Some time of a shown row
    /// often shows which one it is, because no month has the number 13 and nothing was signed in the future. In a row that names an existing entity,
    /// a time that the entity has shows it as well. What stays ambiguous is left as it is, and is then an error.
    /// </summary>
    private static void ReadTimes(RowArgument row, bool isShown, Func<NatsEntity>? current)
    {
        string[] shown = isShown ? [nameof(NatsEntity.IssuedAt)] : [];
        string[] columns = [.. Times.Concat(shown).Where(
            column => row.ReadOf(column) is null && Array.Exists(ExportedForms, form => ReadTime(row, column, form) is not null))];
        DateTimeOffset?[][] readings = [.. ExportedForms
            .Select(form => Array.ConvertAll(columns, column => ReadTime(row, column, form)))
            .Where(times => Array.TrueForAll(times, time => time is not null))];
        if (current is not null && readings is [var one, var other] && !one.SequenceEqual(other))
        {
            DateTimeOffset?[] stored = StoredTimes(current(), columns);
            DateTimeOffset?[][] known = Array.FindAll(readings, times => times.Zip(stored).Any(pair => pair.First == pair.Second));
            readings = known.Length == 1 ? known : readings;
        }

        for (int index = 0; index < columns.Length; index++)
        {
            if (readings.Select(times => times[index]).Distinct().ToArray() is [var clear])
            {
                row.Read(columns[index], clear);
            }
        }
    }

    private static DateTimeOffset?[] StoredTimes(NatsEntity entity, string[] columns) => Array.ConvertAll(columns, column => column switch
    {
        nameof(NatsEntity.Expires) => entity.Expires,
        nameof(NatsEntity.NotBefore) => entity.NotBefore,
        _ => entity.IssuedAt,
    });

    /// <summary>Reads a time in one form; null if it does not have this form, or would lie in the future and cannot.</summary>
    private static DateTimeOffset? ReadTime(RowArgument row, string column, string form) =>
        row.Cell(column) is string text
        && DateTimeOffset.TryParseExact(text.Trim(), form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
        && (column != nameof(NatsEntity.IssuedAt) || time <= TimeProvider.System.GetUtcNow())
            ? time
            : null;

    /// <summary>
    /// Refuses a list that may have been edited with other separators than Get cmdlets write: two denied subjects that were read as one would not be
    /// denied.
    /// </summary>
    private static void RequireClear(RowArgument row, string column)
    {
        if (row.Cell(column) is string text
            && Array.Exists(text.Split(ListSeparator), item => item.AsSpan().IndexOfAny(',', ';') >= 0))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"It is not clear how many values '{SecretShape.Mask(text)}' in the column '{column}' has. Separate them with a comma and a space. "
                    + "This row was skipped.");
        }
    }

    private static object? AsList(object? cell, params string[] separators) => cell switch
    {
        string text when separators.Length > 0 =>
            text.Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        IEnumerable and not string => ((IEnumerable)cell).Cast<object?>().Select(item => $"{item}").ToArray(),
        _ => cell,
    };
}
