using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>An export of an account: an object, or its subject.</summary>
public sealed class ExportArgument : IArgument
{
    private readonly NatsExport? export;
    private readonly string subject;

    /// <summary>Creates the argument from an export.</summary>
    /// <param name="export">The export.</param>
    public ExportArgument(NatsExport export)
    {
        this.export = export;
        subject = export.Subject ?? "";
    }

    /// <summary>Creates the argument from the subject of an export.</summary>
    /// <param name="subject">The subject.</param>
    public ExportArgument(string subject) => this.subject = subject;

    /// <summary>The current state of the export's account; null if the argument is a subject.</summary>
    internal NatsAccount? Account => export?.GetAccount().Newest();

    NatsStore? IArgument.StoreOfGiven => export?.GetAccount().Store;

    object IArgument.Given => export ?? (object)ToString();

    /// <summary>The subject.</summary>
    public override string ToString() => SecretShape.Mask(subject);

    /// <summary>Finds the export in an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="type"><c>stream</c> or <c>service</c>, if both have this subject. An export object has its own type.</param>
    internal Claims.AccountExport Find(NatsAccount account, string? type) => account.FindExport(subject, export?.Type ?? type);
}
