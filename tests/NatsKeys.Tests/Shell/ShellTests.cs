using System.Diagnostics;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Shell;

/// <summary>The shell is PowerShell, which has tests of its own: these are about what it is started with.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("natskeys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Get-Command Get-Nothing; 'goes on'", 0)]
    public void A_script_ends_with_the_code_that_pwsh_gives(string text, int code) => Assert.Equal(code, Start("", [Script(text)]).Code);

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Get-Command Get-Nothing", 1)]
    public void A_command_ends_with_the_code_that_pwsh_gives(string text, int code) => Assert.Equal(code, Start("", ["-Command", text]).Code);

    [Fact]
    public void A_script_that_is_not_there_is_named()
    {
        (int code, _, string error) = Start("", ["nowhere.ps1"]);
        Assert.Equal(64, code);
        Assert.Contains("nowhere.ps1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_behind_a_script_become_its_parameters()
    {
        string script = Script(
            "param([string] $Name, [switch] $Flag, [int] $Count, [Parameter(ValueFromRemainingArguments)] $Rest) \"$Name|$Flag|$Count|$Rest\"");
        Assert.Equal("a b;c|True|3|$(throw)\n", Start("", [script, "-Name", "a b;c", "-Flag", "-Count", "3", "$(throw)"]).Output);
    }

    [Fact]
    public void What_any_script_uses_is_there()
    {
        string script = Script(
            """
            Write-Progress 'working'
            $name = Read-Host
            Write-Host (Join-Path $name b)
            [pscustomobject] @{ Number = 1 } | Format-Table -HideTableHeaders | Out-String | ForEach-Object Trim
            (Get-Help New-NatsUser).Name
            (Get-Module NatsKeys).Name
            $env:POWERSHELL_TELEMETRY_OPTOUT
            Write-Error 'mistake'
            """);
        (int code, string output, string error) = Start("a\n", [script]);

        // What is read is shown, as on a screen.
        Assert.Equal(["a", Path.Combine("a", "b"), "1", "New-NatsUser", "NatsKeys", "1"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("mistake", error, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public void A_session_begins_with_what_it_is_and_has_the_module()
    {
        (int code, string output, _) = Start("'imported ' + (Get-Module NatsKeys).Name\nexit 3\n", []);
        Assert.StartsWith($"NatsKeys {typeof(ShellTests).Assembly.GetName().Version!.ToString(3)} in PowerShell 7.", output,
            StringComparison.Ordinal);
        Assert.Contains("imported NatsKeys", output, StringComparison.Ordinal);
        Assert.Equal(3, code);
    }

    [Fact]
    public void A_shell_without_its_module_says_so_and_runs_nothing()
    {
        // The programs of the tests in another folder, which has no module above it.
        string programs = Path.Combine(folder, "bin");
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(programs, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string shell = Path.Combine(programs, Path.GetFileName(TestProgram.PathOf("NatsKeys.Shell")));
        Assert.Equal((1, "", $"No folder above '{programs}{Path.DirectorySeparatorChar}' has NatsKeys.psd1.\n"),
            Start("", ["-Command", "'ran'"], shell));

        // A module that was not built.
        File.WriteAllText(Path.Combine(folder, "NatsKeys.psd1"), "@{ ModuleVersion = '1.0'; RootModule = 'missing.dll' }");
        (int code, string output, string error) = Start("", ["-Command", "'ran'"], shell);
        Assert.NotEqual(0, code);
        Assert.Empty(output);
        Assert.Contains("missing.dll", error, StringComparison.Ordinal);
    }

    /// <summary>A question that nobody can answer says less than the error that follows.</summary>
    [Theory]
    [InlineData("Remove-NatsOperator O -Recurse")]
    [InlineData("Set-NatsOperator O -AddTag t -Confirm")]
    [InlineData("Add-NatsRevocation * -Account A")]
    public void Where_the_input_has_ended_the_error_stands_alone(string change)
    {
        string script = Script(
            $"$s = New-NatsStore ./s -KeyPath ./k; $null = New-NatsOperator O -Store $s | New-NatsAccount A; {change} -Store $s");
        (_, string output, string error) = Start("", [script]);
        Assert.Contains("not interactive", error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public void An_answer_that_is_piped_is_read()
    {
        string script = Script(
            "$s = New-NatsStore ./s -KeyPath ./k; $null = New-NatsOperator O, P, Q -Store $s; "
                + "'O', 'P', 'Q' | Remove-NatsOperator -Store $s; \"left $(@(Get-NatsOperator -Store $s).Count)\"");
        Assert.Contains("left 1\n", Start("n\na\n", [script]).Output, StringComparison.Ordinal);
    }

    private string Script(string text)
    {
        string path = Path.Combine(folder, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }

    private (int Code, string Output, string Error) Start(string input, string[] words, string? shell = null)
    {
        using Process process = Process.Start(new ProcessStartInfo(shell ?? TestProgram.PathOf("NatsKeys.Shell"), words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
    }
}
