using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>An environment variable that contains a seed. It is read at each lookup.</summary>
internal sealed class EnvironmentKeySource : SeedSource
{
    private readonly string variable;
    private readonly string? publicKey;

    /// <summary>Creates a source for a variable, which may be set later.</summary>
    /// <param name="variable">The name of the variable.</param>
    /// <param name="publicKey">The public key of the expected seed; null if any seed is accepted.</param>
    /// <param name="name">The name of the source; by default, that of the variable.</param>
    /// <exception cref="NatsKeysException">A name or the public key is invalid.</exception>
    public EnvironmentKeySource(string variable, string? publicKey = null, string? name = null)
        : base(name ?? variable)
    {
        this.variable = RequireName(variable, "environment variable");
        this.publicKey = publicKey is null ? null : NatsKeyPair.FromPublicKey(publicKey).PublicKey;
    }

    /// <inheritdoc/>
    public override KeySourceKind Kind => KeySourceKind.EnvironmentVariable;

    /// <inheritdoc/>
    public override string Location => $"environment variable {variable}{(Value is null ? ", which is not set" : "")}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> PublicKeys
    {
        get
        {
            if (publicKey is not null)
            {
                return [publicKey];
            }

            if (!NatsKeyPair.IsSeed(Value))
            {
                return [];
            }

            using NatsKeyPair key = NatsKeyPair.FromSeed(Value);
            return [key.PublicKey];
        }
    }

    private string? Value => Environment.GetEnvironmentVariable(variable) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <inheritdoc/>
    protected override bool IsFor(string publicKey) => publicKey == this.publicKey;

    /// <inheritdoc/>
    protected override NatsKeyPair? Read(string publicKey) =>
        Value is { } seed && (this.publicKey is null || IsFor(publicKey)) ? Parse(seed) : null;
}
