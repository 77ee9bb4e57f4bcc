namespace NatsKeys.Exchange;

/// <summary>Creates the errors about backups. Each error names the file.</summary>
internal static class BackupFault
{
    public static NatsKeysException Invalid(string file, string why, Exception? inner = null) => Of(ErrorCode.InvalidBackup, file, why, inner);

    public static NatsKeysException Of(ErrorCode code, string file, string why, Exception? inner = null, Remedy? remedy = null) =>
        new(code, $"The backup '{file}' cannot be restored. {why}.", inner) { Path = file, Remedy = remedy };
}
