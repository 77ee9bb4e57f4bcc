using System.Security;
using System.Xml.Linq;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>Every cmdlet's output reads well as it comes.</summary>
public class ViewTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    // The engine itself shows these.
    private static readonly Type[] Basic = [typeof(string), typeof(bool), typeof(byte[]), typeof(FileInfo), typeof(DirectoryInfo), typeof(SecureString)];

    private const string Style = "[pscustomobject]@{ OutputRendering = 'Ansi'; Formatting = [pscustomobject]@{ Warning = '<w>'; Error = '<e>' } }";

    [Fact]
    public void Every_output_type_has_a_default_view()
    {
        string folder = Path.Combine(Path.GetDirectoryName(PowerShellSession.ManifestPath)!, "module");
        string[] viewed = [.. XDocument.Load(Path.Combine(folder, "NatsKeys.Format.ps1xml")).Descendants("TypeName").Select(name => name.Value)];
        Type[] given = [.. commands.All.SelectMany(command => command.OutputType).Select(output => output.Type).Distinct()];

        Assert.Contains(given, type => type.Name == "NatsUser");
        Assert.Empty(given.Except(Basic).Select(type => type.FullName!).Except(viewed));
    }

    [Theory]
    [InlineData("Of([NatsKeys.Store.EntityState]::Signed", "Signed")]
    [InlineData("Of([NatsKeys.Store.EntityState]::Modified", "<w>Modified\u001b[0m")]
    [InlineData("Of([NatsKeys.Store.EntityState]::Untrusted", "<e>Untrusted\u001b[0m")]
    [InlineData("Of([NatsKeys.Validation.FindingSeverity]::Warning", "<w>Warning\u001b[0m")]
    [InlineData("Of([NatsKeys.Validation.FindingSeverity]::Advice", "Advice")]
    [InlineData("Of([NatsKeys.Server.ServerOutcome]::Refused", "<e>Refused\u001b[0m")]
    [InlineData("Of($false", "<e>False\u001b[0m")]
    [InlineData("Of($true", "True")]
    [InlineData("Expiry($null", "Never")]
    [InlineData("Expiry('2001-02-03 04:05:06Z'", "<e>2001-02-03 04:05:06 UTC\u001b[0m")]
    [InlineData("Expiry('9001-02-03 04:05:06Z'", "9001-02-03 04:05:06 UTC")]
    public void What_needs_a_look_stands_out(string call, string expected) =>
        Assert.Equal(expected, commands.Session.Run($"[NatsKeys.Formatting.ViewMark]::{call}, {Style})").Single.BaseObject);

    [Fact]
    public void An_expiry_within_a_month_stands_out() =>
        Assert.StartsWith("<w>", (string)commands.Session.Run($"[NatsKeys.Formatting.ViewMark]::Expiry([DateTimeOffset]::UtcNow.AddDays(20), {Style})").Single.BaseObject, StringComparison.Ordinal);

    [Fact]
    public void A_session_without_colours_gets_the_bare_words() =>
        Assert.Equal("Expired", commands.Session.Run("[NatsKeys.Formatting.ViewMark]::Of([NatsKeys.Store.EntityState]::Expired, $null)").Single.BaseObject);
}
