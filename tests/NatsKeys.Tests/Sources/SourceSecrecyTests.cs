using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Sources;

/// <summary>Credentials and sealed messages take seeds from sources; whatever else uses a source leaves no seed anywhere.</summary>
public sealed class SourceSecrecyTests : SourceTest
{
    private const string Streams = "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'\n";

    [Theory]
    [InlineData(KeyPlaces.Variable)]
    [InlineData(KeyPlaces.Vault)]
    public void Credentials_have_the_seed_of_a_source_that_gives_it(string place)
    {
        Run("$up = New-NatsKeyPair User; $u = $a | New-NatsUser U -Key $up.PublicKey -SigningKey $ap");
        Reports("KeyNotFound", "$u | Export-NatsCredential ./U.creds");
        Register(place, "$up");
        Run("$u | Export-NatsCredential ./U.creds; $u | Export-NatsCredential");
        Holds("(Import-NatsCredential ./U.creds).Matches", "(Import-NatsCredential \"$keyRoot/creds/O/A/U.creds\").Matches");
        Holds("@(Get-NatsKeyPair).Count -eq 0");
    }

    [Theory]
    [InlineData(KeyPlaces.Variable)]
    [InlineData(KeyPlaces.Vault)]
    public void A_context_comes_with_credentials_that_have_the_seed_of_a_source(string place)
    {
        Run("$up = New-NatsKeyPair User; $u = $a | New-NatsUser U -Key $up.PublicKey -SigningKey $ap");
        Reports("KeyNotFound", "$u | Export-NatsContext -ExportCredential");
        Register(place, "$up");
        Run("$u | Export-NatsContext -ExportCredential; $u | Export-NatsContext other -ExportCredential -CredentialPath ./U.creds");
        Holds("(Import-NatsCredential ./U.creds).Matches", "(Import-NatsCredential \"$keyRoot/creds/O/A/U.creds\").Matches");
        Holds("@(Get-NatsKeyPair).Count -eq 0");
    }

    [Theory]
    [InlineData(KeyPlaces.Signer)]
    [InlineData(KeyPlaces.Program)]
    public void A_source_that_keeps_its_key_gives_no_credentials(string place)
    {
        Run("$up = New-NatsKeyPair User; $u = $a | New-NatsUser U -Key $up.PublicKey -SigningKey $ap");
        Register(place, "$up");
        Reports("KeyNotFound", "$u | Export-NatsCredential ./U.creds");
        Assert.False(File.Exists(PathOf("U.creds")));
    }

    [Theory]
    [InlineData(KeyPlaces.Variable)]
    [InlineData(KeyPlaces.Vault)]
    public void Messages_are_sealed_and_opened_with_the_seed_of_a_source(string place)
    {
        Run("$x = New-NatsKeyPair Curve; $y = New-NatsKeyPair Curve");
        Run(place == KeyPlaces.Vault ? "Set-Secret $x.PublicKey $x.ToSeed() -Vault w; Register-NatsKeySource -Vault w"
            : $"Register-NatsKeySource {VariableOf("$x")}");
        Run("$m = Protect-NatsMessage hello -Key $x.PublicKey -To $y.PublicKey");
        Holds(
            "(Unprotect-NatsMessage $m -Key $y -From $x.PublicKey) -eq 'hello'",
            "(Unprotect-NatsMessage $m -Key $x.PublicKey -From $y.PublicKey) -eq 'hello'");
    }

    [Fact]
    public void What_a_source_has_is_not_exported_as_a_key()
    {
        Register(KeyPlaces.Variable, "$op");
        Reports("KeyNotFound", "Export-NatsKeyPair ./op.nk -KeyPair $op.PublicKey");
        Reports("KeyNotFound", "Get-NatsKeyPair $op.PublicKey");
    }

    [Theory]
    [InlineData(KeyPlaces.Variable)]
    [InlineData(KeyPlaces.Vault)]
    [InlineData(KeyPlaces.Signer)]
    [InlineData(KeyPlaces.Program)]
    public void No_seed_of_a_source_is_in_any_stream_view_or_file(string place)
    {
        string seed = (string)Value("$op | Export-NatsKeyPair -AsPlainText")!;
        Register(place, "$op");
        const string script =
            """
            $o | New-NatsAccount B | New-NatsUser U
            $o | Add-NatsSigningKey
            Update-NatsOperatorKey -Confirm:$false $o -Key $op.PublicKey -ErrorAction SilentlyContinue
            Get-NatsKeySource
            Get-NatsKeySource | ForEach-Object { "$_"; $_.Location; $_.PublicKeys }
            $o | New-NatsAccount C -SigningKey $other.PublicKey -ErrorAction SilentlyContinue
            Get-NatsKeySource | Where-Object Kind -ne KeyRoot | Unregister-NatsKeySource -PassThru
            $Error | ForEach-Object { "$_ $($_.Exception) $($_.TargetObject) $($_.InvocationInfo.Line)" }
            """;

        RunResult result = RunToEnd(Streams + script);
        Assert.NotEmpty(result.Verbose);
        string view = Session.RunText("Get-NatsKeySource; Get-NatsKeySource | Format-List * -Force; $Error | Format-List * -Force");
        string files = string.Concat(Directory.GetFiles(Session.Folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(new[] { result.AllText, view, files }, text => Assert.DoesNotContain(seed, text, StringComparison.Ordinal));
    }
}
