namespace NatsKeys.KeyRoot;

/// <summary>Whether the seeds of a key store are encrypted with a passphrase, and whether this process can open them.</summary>
public enum KeyProtectionState : long
{
    /// <summary>They are not encrypted.</summary>
    None,

    /// <summary>They are encrypted, and this process does not have their key.</summary>
    Locked,

    /// <summary>They are encrypted, and this process has their key.</summary>
    Unlocked,
}
