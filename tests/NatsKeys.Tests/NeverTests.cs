namespace NatsKeys.Tests;

/// <summary>A parameter for which never means nothing refuses it, and does not read it as if it were not there.</summary>
public class NeverTests : ModuleTest
{
    private const string Sets = "$o = New-NatsOperator O2; $a = $o | New-NatsAccount A; $u = $a | New-NatsUser U";

    [Theory]
    [InlineData("At", "Get-NatsAccess -Publish a -At Never")]
    [InlineData("At", "$u | Test-NatsPermission -Publish a -At Never")]
    [InlineData("At", "Add-NatsRevocation U -Account A -At never")]
    [InlineData("IssuedAt", "$u.Jwt | ConvertFrom-NatsJwt | ConvertTo-NatsJwt -SigningKey $a.Subject -IssuedAt Never")]
    [InlineData("ExpiresWithin", "Test-NatsStore -ExpiresWithin Never")]
    [InlineData("ExpiresWithin", "Test-NatsStore -ExpiresWithin ' NEVER ' -Detailed")]
    [InlineData("Expires", "$u | Export-NatsCredential ./U.creds -Expires Never")]
    public void Never_is_refused_where_it_means_nothing(string parameter, string script)
    {
        Run(Sets);
        string[] before = Snapshot();
        Assert.Contains($"-{parameter} ", Reports("InvalidTime", script), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Get-NatsAccess a -At ", false)]
    [InlineData("Test-NatsPermission U -Publish a -At ", false)]
    [InlineData("ConvertTo-NatsJwt -IssuedAt ", false)]
    [InlineData("Test-NatsStore -ExpiresWithin ", false)]
    [InlineData("New-NatsUser U -Expires ", true)]
    [InlineData("Set-NatsUser U -NotBefore ", true)]
    public void Tab_offers_it_only_where_it_means_something(string line, bool isOffered)
    {
        IReadOnlyList<string> words = Session.Complete(line);
        Assert.Contains("30d", words);
        Assert.Equal(isOffered, words.Contains("Never"));
    }
}
