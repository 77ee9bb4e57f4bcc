namespace NatsKeys.Signing;

/// <summary>The kind of a key source.</summary>
public enum KeySourceKind : long
{
    /// <summary>The key root of a store. It is searched first.</summary>
    KeyRoot,

    /// <summary>An environment variable that holds one seed.</summary>
    EnvironmentVariable,

    /// <summary>A vault whose secrets are seeds.</summary>
    Vault,

    /// <summary>A script that signs.</summary>
    Signer,

    /// <summary>A program that signs.</summary>
    Command,
}
