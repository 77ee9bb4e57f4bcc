using System.Globalization;
using System.Text;
using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Configurations for nats-server in operator mode.</summary>
public static class ServerConfig
{
    /// <summary>
    /// The configuration with a memory resolver: operator, system account where the operator names one, and every account. It usually
    /// is included into a file with ports and the rest.
    /// </summary>
    /// <param name="operatorEntity">The operator.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>: something is not signed, or the system account is not in the store.</exception>
    public static string ForMemoryResolver(NatsOperator operatorEntity)
    {
        NatsAccount[] accounts = [.. operatorEntity.Store.Children(operatorEntity).Cast<NatsAccount>().OrderBy(account => account.Subject, StringComparer.Ordinal)];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"// Operator {Quote(operatorEntity.Name)}\noperator: {TokenOf(operatorEntity)}\n\n");
        if (!string.IsNullOrEmpty(operatorEntity.SystemAccount))
        {
            if (!accounts.Any(account => account.Subject == operatorEntity.SystemAccount))
            {
                throw new NatsKeysException(
                    ErrorCode.InvalidServerConfig, $"The system account {operatorEntity.SystemAccount} of {operatorEntity.Path} is not in the store, and a server with a memory resolver would not start without it.");
            }

            text.Append(CultureInfo.InvariantCulture, $"system_account: {operatorEntity.SystemAccount}\n\n");
        }

        text.Append("resolver: MEMORY\n\nresolver_preload: {\n");
        foreach (NatsAccount account in accounts)
        {
            text.Append(CultureInfo.InvariantCulture, $"  // Account {Quote(account.Name)}\n  {account.Subject}: {TokenOf(account)}\n\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>Writes a configuration. It holds no secret, but is for its owner alone, as nsc does it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The configuration.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(string path, string text, bool overwrite) => StoreFiles.Write(path, Encoding.UTF8.GetBytes(text), secret: true, overwrite);

    private static string TokenOf(NatsEntity entity) =>
        entity.Jwt ?? throw new NatsKeysException(ErrorCode.InvalidServerConfig, $"The {entity.Path} is not signed yet, so no server can take it.");

    /// <summary>A name in quotes. No name may break out of its comment.</summary>
    private static string Quote(string name)
    {
        var quoted = new StringBuilder("\"");
        foreach (char character in name)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }
}
