namespace NatsKeys.Tests;

/// <summary>What is written has the same bytes on every system: lines end with LF.</summary>
public sealed class LineEndTests : ModuleTest
{
    [Fact]
    public void No_file_and_no_text_has_a_carriage_return()
    {
        string texts = string.Concat(Run(
            """
            $o = New-NatsOperator O2 -SystemAccount SYS -Tag 'x', 'y: z', '- #'
            $a = $o | New-NatsAccount A -Description "one`ntwo: three" | Set-NatsAccount -MaxConnections 7 -PassThru
            $k = $a | Add-NatsSigningKey -Role r -AllowPublish 'a.>' -Description "text`nof lines"
            $u = $a | New-NatsUser U -AllowPublish 'a.>', "b" -AllowSubscribe '*.c'
            $u | Export-NatsCredential | Out-Null
            New-NatsServerConfig ./n.conf -Resolver Memory
            Export-NatsStore ./nsc -AsNsc
            Test-NatsStore -Detailed | ConvertTo-NatsReport -Format Sarif
            Test-NatsStore -Detailed | ConvertTo-NatsReport -Format JUnit
            ConvertTo-NatsDiagram
            New-NatsServerConfig -Resolver Memory
            """).Output);
        string[] files = [.. Directory.EnumerateFiles(Session.Folder, "*", SearchOption.AllDirectories)];
        Assert.Contains(files, file => file.EndsWith("account.yaml", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith(".creds", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("n.conf", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain("\r", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.DoesNotContain("\r", texts, StringComparison.Ordinal);
    }
}
