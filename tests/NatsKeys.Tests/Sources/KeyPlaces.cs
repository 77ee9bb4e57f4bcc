using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Sources;

/// <summary>Puts keys into each kind of source, and registers it.</summary>
internal static class KeyPlaces
{
    internal const string Variable = "EnvironmentVariable";
    internal const string Vault = "Vault";
    internal const string Signer = "Signer";
    internal const string Program = "Command";

    internal static string[] All { get; } = [Variable, Vault, Signer, Program];

    /// <summary>Gets the module that offers Get-Secret and Set-Secret in the place of SecretManagement.</summary>
    internal static string VaultModule { get; } = Path.Combine(
        Path.GetDirectoryName(PowerShellSession.ManifestPath)!, "tests", "TestVault", "TestVault.psm1");

    /// <summary>Gets the program that signs.</summary>
    internal static string SignerProgram { get; } = TestProgram.PathOf("NatsKeys.Signer");

    /// <summary>Has a session take the key of a pair from a source of a kind.</summary>
    internal static void Register(PowerShellSession session, KeyVariables variables, string place, string pair)
    {
        string seed = (string)session.Run($"{pair} | Export-NatsKeyPair -AsPlainText").Single.BaseObject;
        string script = place switch
        {
            Variable => $"Register-NatsKeySource {variables.Add(seed)}",
            Vault => $"Import-Module $vaultModule; Set-Secret \"nats-$({pair})\" ({pair}).ToSeed() -Vault v; Register-NatsKeySource -Vault v "
                + $"-SecretName 'nats-{{0}}' -Force",
            Signer => $"$f = $sign; Register-NatsKeySource -Signer {{ $f.Invoke($_) }}.GetNewClosure() -PublicKey ({pair}).PublicKey",
            _ => $"Register-NatsKeySource -Command $program -ArgumentList base64, {variables.AddCoded(seed)} -PublicKey ({pair}).PublicKey",
        };
        Func<byte[], byte[]> sign = data => ExternalKey.Sign(seed, data);
        Assert.Empty(session.Run(script, ("sign", sign), ("vaultModule", VaultModule), ("program", SignerProgram)).Errors);
    }
}
