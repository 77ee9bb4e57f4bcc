namespace NatsKeys.Tests.Commands;

public class NewNatsServerConfigTests : ModuleTest
{
    public NewNatsServerConfigTests() => Run("$o = New-NatsOperator O2; $a = $o | New-NatsAccount A; $b = $o | New-NatsAccount B");

    [Theory]
    [InlineData("New-NatsServerConfig -Resolver Memory")]
    [InlineData("New-NatsServerConfig -Operator O2 -Resolver Memory -Store $env:NATSKEYS_STORE")]
    [InlineData("$o | New-NatsServerConfig -Resolver Memory")]
    public void The_configuration_has_the_operator_and_every_account(string script)
    {
        Run($"$text = {script}");
        Holds("$text -is [string] -and $text.Contains(\"operator: $($o.Jwt)\") -and $text.Contains('resolver: MEMORY')");
        Holds("$text.Contains(\"$($a.Subject): $($a.Jwt)\") -and $text.Contains(\"$($b.Subject): $($b.Jwt)\")");
    }

    [Fact]
    public void It_is_the_same_whenever_it_is_made() =>
        Holds("(New-NatsServerConfig -Resolver Memory) -ceq (New-NatsServerConfig -Resolver Memory)");

    [Fact]
    public void Path_writes_a_file_and_PassThru_gives_it()
    {
        Assert.Empty(Run("New-NatsServerConfig ./r.conf -Resolver Memory").Output);
        Holds("[System.IO.File]::ReadAllText(\"$pwd/r.conf\") -ceq (New-NatsServerConfig -Resolver Memory)");
        Holds("(New-NatsServerConfig -Path s.conf -Resolver Memory -PassThru).FullName -eq \"$pwd/s.conf\"");
    }

    [Fact]
    public void An_existing_file_is_replaced_only_with_Force()
    {
        WriteFile("r.conf", "mine");
        Assert.Contains(PathOf("r.conf"), Reports("FileExists", "New-NatsServerConfig r.conf -Resolver Memory"), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("r.conf")));
        Run("New-NatsServerConfig r.conf -Resolver Memory -Force");
        Assert.Contains("resolver: MEMORY", File.ReadAllText(PathOf("r.conf")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_is_not_signed_is_an_error_and_no_file_is_made()
    {
        string file = PathOf("store/O2/accounts/B/account.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text[..text.IndexOf("jwt:", StringComparison.Ordinal)]);

        Assert.Contains("O2/B", Reports("InvalidServerConfig", "New-NatsServerConfig r.conf -Resolver Memory"), StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("r.conf")));
    }

    [Fact]
    public void One_bad_operator_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsOperator Last | Out-Null");
        Reports("EntityNotFound", "$texts = 'O2', 'None', 'Last' | New-NatsServerConfig -Resolver Memory");
        Holds("$texts.Count -eq 2");
        Reports("EntityAmbiguous", "New-NatsServerConfig -Resolver Memory");
    }

    [Fact]
    public void An_unknown_resolver_is_an_error() =>
        Assert.Contains("Memory", Ends("New-NatsServerConfig -Resolver Disk").Message, StringComparison.Ordinal);

    [Fact]
    public void WhatIf_writes_nothing() =>
        Assert.Empty(LeavesFilesAlone("New-NatsServerConfig r.conf -Resolver Memory -PassThru -WhatIf").Output);
}
