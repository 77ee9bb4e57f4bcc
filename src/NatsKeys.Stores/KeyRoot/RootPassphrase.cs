using NatsKeys.Files;

namespace NatsKeys.KeyRoot;

/// <summary>The passphrase of protected key roots for processes without a prompt.</summary>
internal static class RootPassphrase
{
    /// <summary>The environment variable that has it.</summary>
    public const string Variable = "NATSKEYS_PASSPHRASE";

    /// <summary>The passphrase that the environment has; null for none.</summary>
    public static string? Find() => RootVariables.Find(Variable);
}
