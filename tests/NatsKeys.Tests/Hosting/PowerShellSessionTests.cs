namespace NatsKeys.Tests.Hosting;

public class PowerShellSessionTests
{
    [Fact]
    public void Run_keeps_each_stream_apart()
    {
        using var session = new PowerShellSession(importsModule: false);
        RunResult result = session.Run(
            """
            function Test-Stream {
                [CmdletBinding()] param()
                'out'
                $PSCmdlet.WriteWarning('warning')
                $PSCmdlet.WriteVerbose('verbose')
                $PSCmdlet.WriteInformation('information', [string[]] @())
                $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.ArgumentException]::new('error'), 'SomeId',
                    'InvalidData', $null))
            }
            Test-Stream -Verbose
            """);

        Assert.Equal("out", result.Single.BaseObject);
        Assert.Equal(["warning"], result.Warnings);
        Assert.Equal(["verbose"], result.Verbose);
        Assert.Equal(["information"], result.Information);
        Assert.Equal(["SomeId"], result.ErrorIds);
    }

    [Fact]
    public void Run_throws_what_ends_a_script_with_what_came_before()
    {
        using var session = new PowerShellSession(importsModule: false);
        var error = Assert.Throws<TerminatingErrorException>(() => session.Run("'before'; throw 'ended'"));
        Assert.Equal("ended", error.ErrorId);
        Assert.Equal("before", error.Result.Single.BaseObject);
    }

    [Fact]
    public void RunText_prints_the_default_view()
    {
        using var session = new PowerShellSession(importsModule: false);
        string text = session.RunText("[pscustomobject] @{ Name = $name; Size = 1 }", ("name", "x"));
        Assert.Equal("\nName Size\n---- ----\nx       1\n\n", text);
    }

    [Fact]
    public void Variables_are_set_and_stay()
    {
        using var session = new PowerShellSession(importsModule: false);
        session.Run("$sum = $a + $b", ("a", 1), ("b", 2));
        Assert.Equal(3, session.Run("$sum").Single.BaseObject);
    }

    [Fact]
    public void Location_and_default_roots_are_the_sessions_own()
    {
        using var one = new PowerShellSession(importsModule: false);
        using var other = new PowerShellSession(importsModule: false);
        const string Script = "$pwd.Path; $env:NATSKEYS_STORE; $env:NATSKEYS_KEYS";

        Assert.Equal([one.Folder, one.StoreRoot, one.KeyRoot], one.Run(Script).Output.Select(line => line.ToString()));
        Assert.Equal([other.Folder, other.StoreRoot, other.KeyRoot], other.Run(Script).Output.Select(line => line.ToString()));
    }

    [Fact]
    public void Questions_take_the_answers_laid_ready_and_fail_without()
    {
        using var session = new PowerShellSession(importsModule: false);
        session.Answer("typed");
        Assert.Equal("typed", session.Run("$host.UI.ReadLine()").Single.BaseObject);

        var error = Assert.Throws<TerminatingErrorException>(() => session.Run("$ErrorActionPreference = 'Stop'; $host.UI.ReadLine()"));
        Assert.Contains("input is redirected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_offers_what_Tab_would()
    {
        using var session = new PowerShellSession(importsModule: false);
        Assert.Contains("Import-Module", session.Complete("Import-Mod"));
    }
}
