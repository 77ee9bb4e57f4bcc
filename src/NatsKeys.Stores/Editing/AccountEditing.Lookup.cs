using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal static partial class AccountEditing
{
    /// <summary>Finds an export.</summary>
    /// <param name="account">The account.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="type"><c>stream</c> or <c>service</c>; null if the subject alone identifies it.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public static AccountExport FindExport(this NatsAccount account, string subject, string? type) => Only(
        account.Claims.Exports.Where(export => export.Subject == subject && (type is null || export.Type == type)),
        $"export '{subject}'", account, Remedy.ListExports, " Specify its type.");

    /// <summary>Finds an import.</summary>
    /// <param name="account">The account.</param>
    /// <param name="subject">Its subject on the exporter's side.</param>
    /// <param name="type"><c>stream</c> or <c>service</c>; null if the rest identifies it.</param>
    /// <param name="from">The exporter's public key; null if the rest identifies it.</param>
    /// <param name="localSubject">Its subject on the importer's side; null if the rest identifies it.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public static AccountImport FindImport(this NatsAccount account, string subject, string? type, string? from, string? localSubject) => Only(
        account.Claims.Imports.Where(import =>
            import.Subject == subject
            && (type is null || import.Type == type)
            && (from is null || import.Account == from)
            && (localSubject is null || (import.LocalSubject ?? "") == localSubject)),
        $"import '{subject}'", account, Remedy.ListImports, how: null, Remedy.NameImport);

    /// <summary>Finds the export that covers a subject.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    internal static AccountExport FindCovering(this NatsAccount exporter, string subject, string? type)
    {
        AccountExport[] covering = [.. exporter.Claims.Exports
            .Where(export => Subjects.Covers(export.Subject ?? "", subject) && (type is null || export.Type == type))];
        return covering switch
        {
            [var only] => only,
            [] => throw new NatsKeysException(
                ErrorCode.ClaimNotFound,
                $"The {exporter.Path} exports no {type ?? "stream or service"} that covers '{subject}'. It exports: "
                    + $"{List(exporter.Claims.Exports)}.") { IsExplained = true },
            _ =>
                throw new NatsKeysException(
                    ErrorCode.EntityAmbiguous, $"The {exporter.Path} has several exports that cover '{subject}': {List(covering)}. Specify the "
                        + "type."),
        };
    }

    private static T Only<T>(IEnumerable<T> found, string what, NatsAccount account, Remedy list, string? how, Remedy? remedy = null)
    {
        T[] all = [.. found.Take(2)];
        return all switch
        {
            [var only] => only,
            [] => throw new NatsKeysException(ErrorCode.ClaimNotFound, $"The {account.Path} has no {what}.") { Remedy = list },
            _ => throw new NatsKeysException(ErrorCode.EntityAmbiguous, $"The {account.Path} has more than one {what}.{how}") { Remedy = remedy },
        };
    }

    private static string List(IEnumerable<AccountExport> exports) =>
        string.Join(", ", exports.Select(export => ClaimSummary.Item(export.Type, export.Subject, article: ""))) is { Length: > 0 } list
            ? list
            : "nothing";
}
