using System.Diagnostics;
using NatsKeys.Shell;
using NatsKeys.Shell.Hosting;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Shell;

public sealed class ShellTests : IDisposable
{
    private readonly RecordingTerminal terminal = new();
    private readonly ShellSession shell;
    private readonly string script = Path.Combine(Path.GetTempPath(), $"natskeys-{Guid.NewGuid():N}.ps1");

    public ShellTests() => shell = new ShellSession(terminal);

    public void Dispose()
    {
        shell.Dispose();
        terminal.Dispose();
        File.Delete(script);
    }

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 0", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Get-Command Get-Nothing; 'goes on'", 0)]
    [InlineData("function f { exit 3 }; f; 'not reached'", 3)]
    public void Script_ends_with_the_code_that_pwsh_gives(string text, int code)
    {
        File.WriteAllText(script, text);
        shell.RunScript(script, []);
        Assert.Equal(code, shell.ExitCode);
    }

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'x'", 1)]
    [InlineData("if (", 1)]
    [InlineData("Get-Command Get-Nothing", 1)]
    [InlineData("Get-Command Get-Nothing; 'goes on'", 0)]
    public void Command_ends_with_the_code_that_pwsh_gives(string text, int code)
    {
        shell.RunCommand(text);
        Assert.Equal(code, shell.ExitCode);
    }

    [Fact]
    public void A_shell_without_its_module_says_so()
    {
        // The shell alone, without the engine: it does not come as far as that.
        string folder = Directory.CreateTempSubdirectory("natskeys-").FullName;
        try
        {
            foreach (string file in (string[])["NatsKeys.Shell.dll", "NatsKeys.Shell.runtimeconfig.json"])
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder, file));
            }

            using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(folder, "NatsKeys.Shell.dll"), "-Command", "1"]) { RedirectStandardError = true })!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.Equal($"No folder above '{folder}{Path.DirectorySeparatorChar}' has NatsKeys.psd1.", error.Trim());
            Assert.Equal(1, process.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_fails_while_an_error_is_reported_sends_no_output_among_the_errors()
    {
        var host = new ShellHost(terminal);
        Assert.Throws<InvalidOperationException>(() => host.WhileReportingErrors(() => throw new InvalidOperationException()));

        terminal.Take();
        host.UI.WriteLine("plain");
        Assert.Equal("plain", terminal.Take().Output.Trim());
    }

    [Theory]
    [InlineData(new[] { "-Name", "n", "-Flag", "-Count", "3", "more", "$(throw)" }, "n|True|3|more $(throw)")]
    [InlineData(new[] { "-Name:a b;c", "-Flag:$false" }, "a b;c|False|0|")]
    [InlineData(new[] { "-Count:1", "pos", "-" }, "pos|False|1|-")]
    public void Words_behind_a_script_become_its_parameters(string[] words, string expected)
    {
        File.WriteAllText(
            script,
            """
            param([string] $Name, [switch] $Flag, [int] $Count, [Parameter(ValueFromRemainingArguments)] $Rest)
            "$Name|$Flag|$Count|$Rest"
            """);
        shell.RunScript(script, words);
        Assert.Equal(expected, terminal.Take().Output.TrimEnd());
    }

    [Fact]
    public void Script_knows_its_folder()
    {
        File.WriteAllText(script, "$PSCommandPath");
        shell.RunScript(script, []);
        Assert.Equal(script, terminal.Take().Output.TrimEnd());
    }

    [Fact]
    public void Errors_and_remarks_stay_out_of_the_output()
    {
        shell.RunCommand("'out'; Get-Command Get-Nothing; $host.UI.WriteWarningLine('careful')");
        (string output, string error) = terminal.Take();
        Assert.Equal("out\n", output);
        Assert.Contains("Get-Nothing", error, StringComparison.Ordinal);
        Assert.Contains("WARNING: careful", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throw 'ended'")]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Command ended")]
    [InlineData("[int]::Parse('ended')")]
    public void Error_that_ends_a_script_is_shown_with_its_place(string text)
    {
        File.WriteAllText(script, text);
        shell.RunScript(script, []);
        (string output, string error) = terminal.Take();
        Assert.Empty(output);
        Assert.Contains($"{script}:1", error, StringComparison.Ordinal);
        Assert.Contains("ended", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, null, true)]
    [InlineData("-NoExit", null, null, true)]
    [InlineData("-NoExit a.ps1 -NoExit", "a.ps1", null, true)]
    [InlineData("-File a.ps1 -Command", "a.ps1", null, false)]
    [InlineData("-command 1 2", null, "1 2", false)]
    public void Command_line_is_read(string line, string? script, string? command, bool staysOpen)
    {
        Assert.True(ShellOptions.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out ShellOptions options, out _));
        Assert.Equal((script, command, staysOpen), (options.Script, options.Command, options.StaysOpen));
    }

    [Theory]
    [InlineData("-Command")]
    [InlineData("-Other")]
    public void Command_line_that_is_not_understood_is_refused(string line)
    {
        Assert.False(ShellOptions.TryParse([line], out _, out string? problem));
        Assert.Contains(line, problem, StringComparison.Ordinal);
    }
}
