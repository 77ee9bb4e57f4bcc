using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Creates the errors about files to import. Each error names the file.</summary>
internal static class SourceFault
{
    public static NatsKeysException Of(ErrorCode code, string file, string why, Remedy? remedy = null) => file == TextSource.Name
        ? new(code, $"The text cannot be imported. {why}.") { Remedy = remedy }
        : new(code, $"The file '{file}' cannot be imported. {why}.") { Path = file, Remedy = remedy };

    /// <summary>Creates an error about an entity of another store.</summary>
    public static NatsKeysException OfStore(ErrorCode code, string location, EntityPath path, string why, Remedy? remedy = null) =>
        new(code, $"The {path} cannot be imported from the store {location}. {why}.") { Remedy = remedy };

    /// <summary>Refuses a name that nsc accepts and a store does not.</summary>
    public static void CheckName(string? name, string file)
    {
        try
        {
            EntityName.CheckKept(name ?? "");
        }
        catch (NatsKeysException error)
        {
            throw Of(error.Code, file, error.Message.TrimEnd('.'));
        }
    }

    /// <summary>Adds to an error that the entities below were skipped.</summary>
    public static NatsKeysException WithRest(NatsKeysException error, int count) => count == 0 ? error : new NatsKeysException(
        error.Code,
        $"{error.Message} {(count == 1 ? "The entity" : $"The {count} entities")} below it {(count == 1 ? "is" : "are")} skipped, too.",
        error) { Path = error.Path };
}
