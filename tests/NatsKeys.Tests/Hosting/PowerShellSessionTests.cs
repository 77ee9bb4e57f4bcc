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

    /// <summary>The runspace of a session serves a later one, on the same thread mostly the next one.</summary>
    [Fact]
    public void What_a_script_left_is_in_no_later_session()
    {
        for (int attempt = 0; attempt < 50; attempt++)
        {
            object id = Leave("function left { 1 }; filter also { 2 }; $left = 3; Register-NatsKeySource NATSKEYS_LEFT");
            using var later = new PowerShellSession();
            if (later.Run(RunspaceId).Single.BaseObject.Equals(id))
            {
                Assert.Empty(later.Run(
                    "Get-Command left, also -ErrorAction Ignore; Get-Variable left -ErrorAction Ignore; Get-NatsKeySource | Where-Object { \"$_ "
                        + "$($_.Name)\" -match 'LEFT' }").Output);
                return;
            }
        }

        Assert.Fail("No session took the runspace of another one.");
    }

    [Theory]
    [InlineData("function prompt { 'mine' }")]
    [InlineData("Set-Alias dir Get-Date")]
    [InlineData("class Left { }")]
    public void A_runspace_in_which_more_was_left_serves_nobody(string script)
    {
        object id = Leave(script);
        for (int later = 0; later < 5; later++)
        {
            using var session = new PowerShellSession();
            Assert.NotEqual(id, session.Run(RunspaceId).Single.BaseObject);
        }
    }

    private const string RunspaceId = "[runspace]::DefaultRunspace.InstanceId";

    private static object Leave(string script)
    {
        using var session = new PowerShellSession();
        session.Run(script);
        return session.Run(RunspaceId).Single.BaseObject;
    }
}
