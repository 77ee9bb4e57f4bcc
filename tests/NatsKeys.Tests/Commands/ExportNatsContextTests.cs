using System.Text.Json.Nodes;
using NatsKeys.Tests.Hosting;
using NatsKeys.Tests.Server;

namespace NatsKeys.Tests.Commands;

public class ExportNatsContextTests : ModuleTest
{
    public ExportNatsContextTests() => Run(
        """
        $o = New-NatsOperator O2 -ServiceUrl nats://n1:4222, tls://n2:4222
        $a = $o | New-NatsAccount A
        $u = $a | New-NatsUser U
        $creds = ($u | Export-NatsCredential -PassThru).FullName
        """);

    private string ContextFolder => PathOf("settings/nats/context");

    [Theory]
    [InlineData("$u | Export-NatsContext", "O2_A_U")]
    [InlineData("Export-NatsContext -User A/U -Store $storeRoot", "O2_A_U")]
    [InlineData("'U' | Export-NatsContext mine", "mine")]
    public void A_context_goes_where_natscli_looks_for_it(string script, string name)
    {
        Assert.Empty(Run(script).Output);

        JsonObject context = Read($"{name}.json");
        Assert.Equal(Value("$creds"), context["creds"]!.ToString());
        Assert.Equal("nats://n1:4222,tls://n2:4222", context["url"]!.ToString());
        Assert.Equal("User U of account A, operator O2", context["description"]!.ToString());
        Assert.Equal(["description", "url", "creds"], context.Select(member => member.Key));
        Assert.False(File.Exists(PathOf("settings/nats/context.txt")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(ContextFolder, $"{name}.json")));
        }
    }

    [Fact]
    public void What_is_asked_for_stands_in_the_context()
    {
        Run("$u | Export-NatsContext x -Server localhost:4222 -Description 'a text' -JetStreamDomain hub -InboxPrefix _INBOX.u");
        JsonObject context = Read("x.json");
        Assert.Equal(
            ["a text", "nats://localhost:4222", "hub", "_INBOX.u"],
            new[] { "description", "url", "jetstream_domain", "inbox_prefix" }.Select(member => context[member]!.ToString()));
    }

    [Fact]
    public void Select_makes_it_natscli_s_own_and_keeps_the_one_before()
    {
        Run("$u | Export-NatsContext one -Select; $u | Export-NatsContext two -Select");
        Assert.Equal("two", File.ReadAllText(PathOf("settings/nats/context.txt")));
        Assert.Equal("one", File.ReadAllText(PathOf("settings/nats/previous-context.txt")));
    }

    [Fact]
    public void Path_writes_it_elsewhere()
    {
        Holds("(Export-NatsContext -User U -Path ./out/ -PassThru).FullName -eq [System.IO.Path]::Combine($pwd, 'out', 'O2_A_U.json')");
        Run("Export-NatsContext -User U -Path ./x.json");
        Assert.True(File.Exists(PathOf("x.json")));
        Assert.False(Directory.Exists(ContextFolder));
    }

    [Fact]
    public void The_credentials_are_written_where_that_is_asked_for()
    {
        Run("$v = $a | New-NatsUser V; $v | Export-NatsContext -ExportCredential; $v | Export-NatsContext other -CredentialPath ./V.creds "
            + "-ExportCredential");
        Holds(
            "(Import-NatsCredential \"$keyRoot/creds/O2/A/V.creds\").Subject -eq $v.Subject",
            "(Import-NatsCredential ./V.creds).Matches");
        Assert.Equal(PathOf("V.creds"), Read("other.json")["creds"]!.ToString());
    }

    [Fact]
    public void Credentials_that_are_not_there_or_somebody_else_s_are_errors()
    {
        Run("$v = $a | New-NatsUser V");
        Reports("FileNotFound", "$v | Export-NatsContext");
        Assert.Contains("O2/A/V", Reports("InvalidCredential", "$v | Export-NatsContext -CredentialPath $creds"), StringComparison.Ordinal);
        WriteFile("not.creds", "nothing");
        Reports("InvalidCredential", "$v | Export-NatsContext -CredentialPath ./not.creds");
        Assert.False(Directory.Exists(ContextFolder));
    }

    [Fact]
    public void Files_that_exist_are_replaced_only_with_Force_and_then_nothing_else_is_written()
    {
        Run("$v = $a | New-NatsUser V; $u | Export-NatsContext x");
        Reports("FileExists", "$v | Export-NatsContext x -ExportCredential");
        Holds("-not [System.IO.File]::Exists(\"$keyRoot/creds/O2/A/V.creds\")");
        WriteFile("V.creds", "mine");
        Reports("FileExists", "$v | Export-NatsContext y -ExportCredential -CredentialPath ./V.creds");
        Assert.Equal("mine", File.ReadAllText(PathOf("V.creds")));

        Run("$v | Export-NatsContext x -ExportCredential -CredentialPath ./V.creds -Force");
        Assert.Equal(PathOf("V.creds"), Read("x.json")["creds"]!.ToString());
        Holds("(Import-NatsCredential ./V.creds).Subject -eq $v.Subject");
    }

    [Fact]
    public void Certificates_are_checked_and_named_by_their_full_paths()
    {
        using var authority = new TestAuthority(Session.Folder);
        authority.Issue("client");
        Run("$u | Export-NatsContext x -CertificateAuthority ./ca.pem -Certificate ./client.pem -CertificateKey ./client-key.pem -TlsFirst");
        JsonObject context = Read("x.json");
        Assert.Equal([PathOf("ca.pem"), PathOf("client.pem"), PathOf("client-key.pem")],
            new[] { "ca", "cert", "key" }.Select(member => context[member]!.ToString()));
        Assert.True((bool)context["tls_first"]!);

        Run("$u | Export-NatsContext x -TlsFirst:$false -Force");
        Assert.Equal(PathOf("client.pem"), Read("x.json")["cert"]!.ToString());
        Assert.False((bool)Read("x.json")["tls_first"]!);

        Assert.Contains(PathOf("client-locked.pem"),
            Reports("InvalidContext", "$u | Export-NatsContext y -Certificate ./client.pem -CertificateKey ./client-locked.pem"),
            StringComparison.Ordinal);
        Reports("InvalidContext", "$u | Export-NatsContext y -Certificate ./client.pem");
        Reports("InvalidCertificate", "$u | Export-NatsContext y -CertificateAuthority ./client-key.pem");
        Reports("FileNotFound", "$u | Export-NatsContext y -CertificateAuthority ./none.pem");
        Assert.Single(Directory.GetFiles(ContextFolder));
    }

    [Fact]
    public void No_secret_is_in_it()
    {
        RunResult result = Run("$u | Export-NatsContext x -ExportCredential -PassThru -Verbose");
        string seen = result.AllText + File.ReadAllText(Path.Combine(ContextFolder, "x.json"));
        Assert.DoesNotMatch(SeedText.Pattern(), seen);
        Assert.DoesNotContain("eyJ", seen, StringComparison.Ordinal);
        Reports("InvalidContext", "$u | Export-NatsContext y -Server nats://u:secret@n1:4222");
        Assert.Single(Directory.GetFiles(ContextFolder));
    }

    [Fact]
    public void One_bad_user_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("$a | New-NatsUser V | Export-NatsCredential");
        Reports("EntityNotFound", "'U', 'None', 'V' | Export-NatsContext");
        Assert.Equal(["O2_A_U.json", "O2_A_V.json"], Directory.GetFiles(ContextFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Reports("InvalidName", "'U' | Export-NatsContext ../U");
        Run("$m = New-NatsOperator O -Store (New-NatsStore -InMemory) | New-NatsAccount A | New-NatsUser U");
        Assert.Contains("-CredentialPath", Reports("InvalidPath", "$m | Export-NatsContext"), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing() =>
        Assert.Empty(LeavesFilesAlone("$u | Export-NatsContext x -Select -ExportCredential -CredentialPath ./new.creds -PassThru -WhatIf").Output);

    private JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(ContextFolder, name)))!.AsObject();
}
