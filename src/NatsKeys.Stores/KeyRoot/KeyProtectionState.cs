namespace NatsKeys.KeyRoot;

/// <summary>Whether the seeds of a key store are encrypted with a passphrase, and whether this process can open them.</summary>
public enum KeyProtectionState : long
{
    /// <summary>The seeds are not encrypted.</summary>
    None,

    /// <summary>The seeds are encrypted, and this process does not have the root key.</summary>
    Locked,

    /// <summary>The seeds are encrypted, and this process has the root key.</summary>
    Unlocked,
}
