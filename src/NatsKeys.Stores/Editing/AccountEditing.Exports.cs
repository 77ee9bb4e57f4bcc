using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Changes the claims of an account, on a draft of the account.</summary>
internal static partial class AccountEditing
{
    /// <summary>Adds an export.</summary>
    /// <param name="account">The account.</param>
    /// <param name="export">The export.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.ClaimExists"/>: the account already exports a stream or service with this subject.
    /// </exception>
    public static void AddExport(this NatsAccount account, AccountExport export)
    {
        if (account.Claims.Exports.Any(other => other.Subject == export.Subject && other.Type == export.Type))
        {
            throw new NatsKeysException(
                ErrorCode.ClaimExists, $"The {account.Path} already exports {ClaimSummary.Item(export.Type, export.Subject)}.")
            {
                Remedy = Remedy.ChangeExport,
            };
        }

        account.Claims.Exports.Add(export);
    }

    /// <summary>Gets the other accounts of the same operator that import from an export.</summary>
    /// <param name="account">The account that exports.</param>
    /// <param name="export">The export.</param>
    public static IEnumerable<EntityPath> ImportersOf(this NatsAccount account, AccountExport export) =>
        account.Siblings()
            .Where(other => other.Claims.Imports.Any(import =>
                import.Account == account.Subject
                    && import.Type == export.Type
                    && Subjects.IsContainedAsInReference(import.Subject ?? "", export.Subject ?? "")))
            .Select(other => other.Path);
}
