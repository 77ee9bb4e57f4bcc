using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NatsKeys.Tests.Commands;

public class AddNatsImportTests : ExchangeTest
{
    public AddNatsImportTests() => Run(
        """
        $a | Add-NatsExport 'time.*' Service -Private -Name clock
        $a | Add-NatsExport news.> Stream
        $a | Add-NatsExport both Stream
        $a | Add-NatsExport both Service
        $a | Add-NatsExport 'mine.*.x' Service -AccountTokenPosition 2 -Private
        """);

    [Theory]
    [InlineData("$b | Add-NatsImport time.utc -From $a -LocalSubject clock.utc")]
    [InlineData("Add-NatsImport time.utc -Account B -From A -LocalSubject clock.utc -Store $storeRoot")]
    [InlineData("$b | Add-NatsImport time.utc -From $a.Subject -LocalSubject clock.utc")]
    [InlineData("Get-NatsExport 'time.*' | Add-NatsImport time.utc -Account $b -LocalSubject clock.utc")]
    [InlineData("$b | Add-NatsImport time.utc -From $a -To clock.utc")]
    [InlineData("'Account,From,Subject,To', 'B,A,time.utc,clock.utc' | ConvertFrom-Csv | Add-NatsImport")]
    public void From_an_account_of_the_store_it_completes_itself_and_makes_the_activation(string script)
    {
        Assert.Empty(Run(script).Output);
        IsImported(
            "$i.Type -eq 'service'",
            "$i.Name -eq 'clock'",
            "$i.From -eq 'A'",
            "$i.Exporter -eq $a.Subject",
            "$i.LocalSubject -eq 'clock.utc'",
            "$i.Activation.Subject -eq $b.Subject",
            "$i.Activation.Issuer -eq $a.Subject");
    }

    [Theory]
    [InlineData("$row | Add-NatsImport", true)]
    [InlineData("$row | Add-NatsImport -Token (New-NatsActivation 'time.utc' -Account A -TargetAccount B -Expires 2031-01-01)", true)]
    [InlineData("$row | Add-NatsImport -Token (New-NatsActivation 'time.utc' -Account A -TargetAccount B -Expires 2030-01-01)", false)]
    [InlineData("$row.ActivationExpires = 'Never'; $row | Add-NatsImport", false)]
    [InlineData("$row.ActivationExpires = ''; $row | Add-Member LocalSubject y.d -PassThru | Add-Member To y.d -PassThru | Add-NatsImport", false)]
    [InlineData("$row.ActivationExpires = ''; $row | Add-NatsImport", false)]
    public void The_expiry_of_a_row_is_that_of_its_activation_or_an_error(string script, bool isRefused)
    {
        Run("$row = 'Account,From,Subject,ActivationExpires', 'B,A,time.utc,2030-01-01 00:00:00Z' | ConvertFrom-Csv");
        if (isRefused)
        {
            Assert.Contains("'ActivationExpires' of 'time.utc'", Reports("InvalidClaims", script), StringComparison.Ordinal);
            Holds("-not (Get-NatsImport)");
        }
        else
        {
            Run(script);
            Holds("(Get-NatsImport).Subject -eq 'time.utc'");
        }
    }

    [Fact]
    public void Two_columns_for_the_local_subject_must_agree()
    {
        Run("$row = 'Account,From,Subject,To,LocalSubject', 'B,A,time.utc,x.d,y.d' | ConvertFrom-Csv");
        Assert.Contains("'To' and 'LocalSubject'", Reports("InvalidClaims", "$row | Add-NatsImport"), StringComparison.Ordinal);
        Holds("-not (Get-NatsImport)");
    }

    [Fact]
    public void A_public_stream_needs_no_activation()
    {
        Run("$b | Add-NatsImport news.de -From $a");
        IsImported("$i.Type -eq 'stream'", "-not $i.Activation", "-not $i.Claims.Token");
    }

    [Fact]
    public void Without_a_subject_an_export_is_imported_as_a_whole()
    {
        Run("Get-NatsExport news.> | Add-NatsImport -Account B");
        IsImported("$i.Subject -eq 'news.>'");
    }

    [Theory]
    [InlineData("'mine.*.x'")]
    [InlineData("\"mine.$($b.Subject).x\"")]
    public void The_importers_key_comes_into_the_subject_where_the_exporter_wants_it(string subject)
    {
        Run($"$b | Add-NatsImport {subject} -From $a");
        IsImported("$i.Subject -eq \"mine.$($b.Subject).x\"", "-not $i.Claims.Token");
    }

    [Theory]
    [InlineData("'mine.other.x' -From $a", "InvalidClaims")]
    [InlineData("nothing -From $a", "ClaimNotFound")]
    [InlineData("both -From $a", "EntityAmbiguous")]
    [InlineData("news.de -Type Service -From $a", "ClaimNotFound")]
    [InlineData("x -From nobody", "EntityNotFound")]
    [InlineData("x -From " + AccountKey, "InvalidClaims")]
    [InlineData("news.de -From $a -LocalSubject 'a b'", "RuleBroken")]
    [InlineData("news.de -From $a -Share", "RuleBroken")]
    [InlineData("news.de -From $a -Token garbage", "FileNotFound")]
    public void What_cannot_be_imported_changes_nothing(string parameters, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, $"$b | Add-NatsImport {parameters}");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_account_that_is_not_in_the_store_is_named_by_its_key()
    {
        Run($"$b | Add-NatsImport x -From {AccountKey} -Type Stream");
        IsImported($"$i.From -eq '{AccountKey}'", "$i.Type -eq 'stream'");
    }

    [Fact]
    public void Without_the_exporters_key_an_activation_must_be_given()
    {
        Run("$token = $a | New-NatsActivation time.utc -TargetAccount B; [System.IO.Directory]::Delete((Get-NatsStore).Keys.Location + '/keys/A', "
            + "$true)");
        Reports("SigningKeyNotFound", "$b | Add-NatsImport time.utc -From $a");
        Run("$b | Add-NatsImport time.utc -From $a -Token $token");
        IsImported("$i.Claims.Token -eq $token.Token");
    }

    [Fact]
    public void The_token_comes_as_text_or_from_a_file()
    {
        Run("$token = $a | New-NatsActivation 'time.*' -TargetAccount B");
        WriteFile("token.jwt", $"-----BEGIN NATS ACTIVATION JWT-----\n{Value("$token.Token")}\n------END NATS ACTIVATION JWT------\n");
        Run("$b | Add-NatsImport time.one -From $a -Token $token.Token; $b | Add-NatsImport time.two -From $a -Token ./token.jwt");
        Holds("@(Get-NatsImport -Account B | Where-Object { $_.Claims.Token -eq $token.Token }).Count -eq 2");
    }

    [Fact]
    public async Task The_token_comes_from_a_web_address()
    {
        Run("$token = $a | New-NatsActivation time.utc -TargetAccount B");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, (string)Value("$token.Token")!);
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Run($"$b | Add-NatsImport time.utc -From $a -Token http://127.0.0.1:{port}/token");
        await serving;

        IsImported("$i.Claims.Token -eq $token.Token");
        listener.Stop();
        Reports("DownloadFailed", $"$b | Add-NatsImport time.two -From $a -Token http://127.0.0.1:{port}/token");
    }

    [Fact]
    public void An_activation_for_another_account_is_refused()
    {
        Run("$c = $ok | New-NatsAccount C; $token = $a | New-NatsActivation time.utc -TargetAccount C");
        Assert.Contains("import.token-importer", Reports("RuleBroken", "$b | Add-NatsImport time.utc -From $a -Token $token"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_imported_already_is_an_error_and_WhatIf_changes_nothing()
    {
        LeavesFilesAlone("$b | Add-NatsImport time.utc -From $a -WhatIf");
        Run("$b | Add-NatsImport news.de -From $a");
        Assert.Contains("from A.", Reports("ClaimExists", "$b | Add-NatsImport news.de -From $a"), StringComparison.Ordinal);
        Assert.Contains(
            "from A.", Reports("ClaimExists", "$b | Add-NatsImport news.de -From $a -LocalSubject other"), StringComparison.Ordinal);
        Run("$b | Add-NatsImport both -Type Service -From $a; $b | Add-NatsImport both -Type Service -From $a -LocalSubject other");
    }

    [Fact]
    public void Subjects_of_the_exporter_complete() => Assert.Equal(["'news.>'"], Session.Complete("Add-NatsImport -Account B -From A -Subject n"));

    /// <summary>What account B imports is as it should be, and the account is signed.</summary>
    private void IsImported(params string[] conditions) =>
        Holds(["$i = Get-NatsImport -Account B; (Get-NatsAccount B).State -eq 'Signed'", "Get-NatsAccount B | Test-NatsJwt", .. conditions]);

    private static async Task ServeAsync(TcpListener listener, string token)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using NetworkStream stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {token.Length}\r\nConnection: close\r\n\r\n{token}"));
    }

    [Fact]
    public void A_wildcard_for_the_rest_is_not_covered_by_one_for_a_token() => Reports("ClaimNotFound", "$b | Add-NatsImport 'time.>' -From $a");

    [Fact]
    public void The_file_of_a_third_account_may_be_broken()
    {
        Run("$ok | New-NatsAccount C | Out-Null");
        WriteFile("store/O2/accounts/C/account.yaml", "garbage");
        Run("$b | Add-NatsImport time.utc -From $a.Subject");
        Assert.Equal("time.utc", Value("(Get-NatsImport -Account B).Subject"));
        Run("Get-NatsExport news.> -Account A | Remove-NatsExport");
        Assert.DoesNotContain("news.>", Run("(Get-NatsExport -Account A).Subject").Output.Select(subject => subject.ToString()));
        Run("Remove-NatsAccount B -Operator O2 -Confirm:$false -WarningAction Ignore");
        Assert.False(Directory.Exists(PathOf("store/O2/accounts/B")));
        Assert.Equal("garbage", File.ReadAllText(PathOf("store/O2/accounts/C/account.yaml")));
    }
}
