using NatsKeys.Files;

namespace NatsKeys.KeyRoot;

/// <summary>The passphrase of protected key roots, for processes without a prompt.</summary>
internal static class RootPassphrase
{
    /// <summary>The environment variable that holds the passphrase.</summary>
    public const string Variable = "NATSKEYS_PASSPHRASE";

    /// <summary>Returns the passphrase of the environment; null for none.</summary>
    public static string? Find() => RootVariables.Find(Variable);
}
