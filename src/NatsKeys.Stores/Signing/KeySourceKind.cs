namespace NatsKeys.Signing;

/// <summary>What a key source is.</summary>
public enum KeySourceKind : long
{
    /// <summary>The key root of a store. It is asked first.</summary>
    KeyRoot,

    /// <summary>An environment variable that holds one seed.</summary>
    EnvironmentVariable,

    /// <summary>A vault, each secret of which is a seed.</summary>
    Vault,

    /// <summary>A script that signs.</summary>
    Signer,

    /// <summary>A program that signs.</summary>
    Command,
}
