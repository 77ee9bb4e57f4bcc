using System.Management.Automation;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>
/// Whoever pipes Get-Content to what takes paths pipes the lines of a file. In credentials one line has asterisks, which match every file, and one is
/// a token, which is a secret.
/// </summary>
public sealed class LinesOfFilesTests : ModuleTest
{
    public LinesOfFilesTests() => Run(
        "$o = New-NatsOperator O2; $a = $o | New-NatsAccount A; $u = $a | New-NatsUser ann; $null = $a | New-NatsUser rob; "
            + "$null = Export-NatsCredential -User ann ./ann.creds; $null = Export-NatsCredential -User rob ./rob.creds");

    /// <summary>What comes after the pipe, for each cmdlet that takes paths from it.</summary>
    public static TheoryData<string> Takers { get; } =
    [
        "Compare-NatsAccess -From ./store",
        "Complete-NatsSigningRequest -Confirm:$false",
        "ConvertTo-NatsDiagram",
        "Get-NatsRotation",
        "Get-NatsStore",
        "Import-NatsCredential",
        "Import-NatsKeyPair",
        "Import-NatsStore",
        "Protect-NatsKeyStore -Passphrase (ConvertTo-SecureString p -AsPlainText)",
        "Test-NatsConnection",
        "Test-NatsStore",
        "Unlock-NatsKeyStore -Passphrase (ConvertTo-SecureString p -AsPlainText)",
        "Update-NatsStore",
        "Watch-NatsStore",
    ];

    [Theory]
    [MemberData(nameof(Takers))]
    public void The_lines_of_a_file_are_one_error(string taker)
    {
        foreach (string lines in new[] { "Get-Content ann.creds", "Get-Content ann.creds | Select-Object -Skip 5 | Where-Object { $_ }" })
        {
            string[] before = Snapshot();
            RunResult result = Session.Run($"{lines} | {taker}");
            Assert.Empty(result.Output);
            string message = Assert.Single(result.Errors).ToString();
            Assert.Contains("and no path", message, StringComparison.Ordinal);
            Assert.Equal(before, Snapshot());
        }
    }

    [Theory]
    [MemberData(nameof(Takers))]
    public void No_line_of_a_file_is_shown_or_is_a_pattern(string taker)
    {
        string[] lines = File.ReadAllLines(PathOf("ann.creds"));

        // A token and a seed are texts that it imports.
        foreach (string line in lines.Where(line => line.Length > 0 && !(taker == "Import-NatsStore" && line[..2] is "ey" or "SU")))
        {
            RunResult result = Session.Run($"$line | {taker}", ("line", line));
            Assert.Empty(result.Output);
            ErrorRecord error = Assert.Single(result.Errors);
            Assert.DoesNotContain(line, $"{error}{error.TargetObject}{error.CategoryInfo}{result.AllText}", StringComparison.Ordinal);
        }
    }

    /// <summary>As a name with wildcards, the line of asterisks would be everything that there is.</summary>
    [Theory]
    [InlineData("Get-NatsOperator")]
    [InlineData("Get-NatsAccount")]
    [InlineData("Get-NatsUser")]
    [InlineData("Get-NatsKeyPair")]
    [InlineData("Get-NatsSigningKey")]
    [InlineData("Get-NatsExport")]
    [InlineData("Get-NatsImport")]
    [InlineData("Get-NatsSubjectMapping")]
    [InlineData("Get-NatsRevocation")]
    [InlineData("Get-NatsJetStreamLimit")]
    [InlineData("Get-NatsAuthCallout")]
    [InlineData("Get-NatsAccess")]
    [InlineData("Set-NatsUser -Tag x")]
    [InlineData("Remove-NatsUser -Confirm:$false")]
    [InlineData("Export-NatsCredential -AsPlainText")]
    [InlineData("Add-NatsRevocation")]
    [InlineData("Add-NatsExport -Account A -Type Stream")]
    [InlineData("New-NatsUser -Account A")]
    [InlineData("Unregister-NatsKeySource")]
    public void The_lines_of_a_file_are_no_names(string taker)
    {
        foreach (string lines in new[] { "Get-Content ann.creds", "Get-Content ann.creds | Where-Object { $_ -match '^\\*' }" })
        {
            string[] before = Snapshot();
            RunResult result = Session.Run($"{lines} | {taker}");
            Assert.Empty(result.Output);
            Assert.Equal(["InvalidName"], result.ErrorIds);
            Assert.Equal(before, Snapshot());
        }
    }

    [Theory]
    [InlineData("Import-NatsKeyPair")]
    [InlineData("Import-NatsCredential")]
    public void Whole_texts_and_literal_paths_show_no_token(string cmdlet)
    {
        foreach (string script in new[] { $"Get-Content ann.creds -Raw | {cmdlet}", $"{cmdlet} -LiteralPath $u.Jwt", $"{cmdlet} $u.Jwt" })
        {
            RunResult result = Session.Run(script);
            Assert.Equal(["InvalidPath"], result.ErrorIds);
            Assert.DoesNotContain("eyJ", result.AllText + result.Errors[0] + result.Errors[0].TargetObject, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_file_itself_and_its_path_are_read()
    {
        Assert.Single(Run("Get-Item ann.creds | Import-NatsKeyPair").Output);
        Assert.Single(Run("'ann.creds' | Import-NatsCredential").Output);
        Assert.Equal(2, Run("'*.creds' | Import-NatsCredential").Output.Count);
        Run("Copy-Item ann.creds eyJ.creds; Copy-Item ann.creds -----x");
        Assert.Equal(2, Run("'./eyJ.creds', './-----x' | Import-NatsKeyPair").Output.Count);
        Assert.Single(Run("Import-NatsKeyPair -LiteralPath eyJ.creds").Output);
    }
}
