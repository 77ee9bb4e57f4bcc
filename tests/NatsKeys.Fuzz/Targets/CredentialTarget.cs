using NatsKeys.Store;

namespace NatsKeys.Fuzz.Targets;

/// <summary>Credentials files.</summary>
internal sealed class CredentialTarget(Corpus corpus) : IFuzzTarget
{
    private readonly Mutator mutator = new(
        corpus.Credentials, "-----BEGIN NATS USER JWT-----\n", "------END NATS USER JWT------\n", "-----", "\n", "\r\n", "\r", "\u2028", "eyJ", "SU",
        " ", "\uFEFF");

    public string Name => "credentials";

    public byte[] Make(Random random) => mutator.Make(random);

    public bool Run(byte[] input) => Attempt.Run(() =>
    {
        using NatsCredential credential = CredentialFormat.Read(InputText.WithHalves(input));
        Hold.That(credential.KeyPair.HasSeed && credential.Subject is not null == credential.Token.Subject is not null, "credentials without a seed");
        _ = (credential.Matches, credential.Expires, credential.IssuerAccount, credential.ToString());
    });
}
