using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal static partial class AccountEditing
{
    /// <summary>
    /// Completes an import from the export that covers it: its type, its name, and the importer's key if the exporter requires the key in the
    /// subject.
    /// </summary>
    /// <param name="importer">The account that imports.</param>
    /// <param name="import">The import, with its subject.</param>
    /// <param name="exporter">The account that exports.</param>
    /// <returns>Whether the import still needs an activation.</returns>
    /// <exception cref="NatsKeysException">The exporter exports no such subject.</exception>
    public static bool Complete(this NatsAccount importer, AccountImport import, NatsAccount exporter)
    {
        AccountExport export = exporter.FindCovering(import.Subject ?? "", import.Type);
        import.Account = exporter.Subject;
        import.Type = export.Type;
        import.Name ??= export.Name;
        if (export.AccountTokenPosition > 0)
        {
            import.Subject = WithKey(import.Subject!, export, importer);
            return false;
        }

        return export.TokenReq && string.IsNullOrEmpty(import.Token);
    }

    /// <summary>Adds an import. For use within <see cref="EntityEditor.Change"/>.</summary>
    /// <param name="account">The account that imports.</param>
    /// <param name="import">The import.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimExists"/>: the account already imports this under the same subject.</exception>
    public static void AddImport(this NatsAccount account, AccountImport import)
    {
        account.RequireUnlike(import);
        account.Claims.Imports.Add(import);
    }

    /// <summary>Throws if a changed import equals another import of the account. For use within <see cref="EntityEditor.Change"/>.</summary>
    /// <param name="account">The account that imports.</param>
    /// <param name="import">The import.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimExists"/>: the account already imports this under the same subject.</exception>
    public static void RequireUnlike(this NatsAccount account, AccountImport import)
    {
        if (account.Claims.Imports.Any(other => other != import &&
            (other.Subject, other.Type, other.Account, other.LocalSubject ?? "") == (
                import.Subject, import.Type, import.Account, import.LocalSubject ?? "")))
        {
            throw new NatsKeysException(
                ErrorCode.ClaimExists,
                $"The {account.Path} already imports {ClaimSummary.Item(import.Type, import.Subject)} from "
                    + $"{KnownNames.Of(import.Account ?? "", account)}.")
            {
                Remedy = Remedy.ChangeImport,
            };
        }

        if (import.Type == "stream"
            && account.Claims.Imports.FirstOrDefault(
                other => other != import
                    && other.Type == import.Type
                    && (other.Subject, other.Account) == (import.Subject, import.Account)) is { } twin)
        {
            string local = string.IsNullOrEmpty(twin.LocalSubject) ? "" : $" as '{twin.LocalSubject}'";
            throw new NatsKeysException(
                ErrorCode.ClaimExists,
                $"The {account.Path} already imports the stream '{import.Subject}' from {KnownNames.Of(import.Account ?? "", account)}{local}. "
                    + "Servers allow each stream of an account once (import.twice).") { Remedy = Remedy.ChangeImport };
        }
    }

    /// <summary>Returns the subject with the importer's key at the position that the export requires.</summary>
    private static string WithKey(string subject, AccountExport export, NatsAccount importer)
    {
        string[] tokens = subject.Split('.');
        long place = export.AccountTokenPosition - 1;
        if (place >= tokens.Length || (tokens[place] != "*" && tokens[place] != importer.Subject))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The export '{export.Subject}' requires the importer's public key at position {export.AccountTokenPosition}. '{subject}' does "
                    + "not have it there.");
        }

        tokens[place] = importer.Subject!;
        return string.Join('.', tokens);
    }
}
