using System.Diagnostics;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Disk;

/// <summary>Disks that are full or cannot be written: a clear error, and the old state.</summary>
public sealed class DiskTests : ModuleTest
{
    private const string Make =
        "New-NatsStore ./disk/store -KeyPath ./disk/keys | Out-Null; $a = New-NatsOperator O -Store ./disk/store | New-NatsAccount A";

    [MountFact]
    public void A_full_disk_is_an_error_that_says_so_and_everything_before_it_stands()
    {
        string[] lines = RunOn("size=300k", $$"""
            {{Make}}
            $made = 0
            try { while ($made -lt 10000) { $a | New-NatsUser "u$made" -ErrorAction Stop | Export-NatsCredential -ErrorAction Stop; $made++ } }
            catch { "error: $($_.FullyQualifiedErrorId) $_" }
            try { 0..200 | ForEach-Object {
                Set-NatsAccount A -Store ./disk/store -AddTag "label-of-some-length-$_" -ErrorAction Stop; $tagged = $_ + 1 } }
            catch { "error: $($_.FullyQualifiedErrorId) $_" }
            $users = @(Get-NatsUser -Account A -Store ./disk/store)
            "users: $($users.Count -ge $made -and $users.Count -le $made + 1 -and $made -gt 5)"
            "tags: $((Get-NatsAccount A -Store ./disk/store).Tags.Count -eq [int]$tagged)"
            "keys: $(@(Get-NatsKeyPair -Unreferenced -Store ./disk/store).Count)"
            "holds: $(Test-NatsStore ./disk/store)"
            "left: $(@([IO.Directory]::GetFiles("$PWD/disk", '*.tmp', 'AllDirectories')).Count)"
            Remove-NatsUser A/u0 -Store ./disk/store -IncludeKeys -NoRevocation -Confirm:$false -WarningAction Ignore
            "again: $(($a | New-NatsUser again).Name)"
            """);

        Assert.Contains("error: FileAccess", lines[0], StringComparison.Ordinal);
        Assert.Contains("No space left on device", lines[0], StringComparison.Ordinal);
        Assert.Contains("./disk/", lines[0].Replace(Session.Folder, ".", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("No space left on device", lines[1], StringComparison.Ordinal);
        Assert.Equal(["users: True", "tags: True", "keys: 0", "holds: True", "left: 0", "again: again"], lines[2..]);
    }

    [MountFact]
    public void A_store_that_cannot_be_written_is_read_and_every_change_of_it_is_an_error()
    {
        string[] lines = RunOn("size=4m", $$"""
            {{Make}}
            $u = $a | New-NatsUser U
            $ErrorActionPreference = 'Stop'
            "ready"
            $null = [Console]::In.ReadLine()
            foreach ($change in { $a | New-NatsUser V }, { Set-NatsAccount A -Store ./disk/store -AddTag x },
                { Rename-NatsUser A/U V -Store ./disk/store },
                { Remove-NatsUser A/U -Store ./disk/store -Confirm:$false }, { Update-NatsOperatorKey -Confirm:$false O -Store ./disk/store },
                    { $u | Export-NatsCredential }) {
                try { & $change | Out-Null; "done" } catch { "$($_.FullyQualifiedErrorId.Split(',')[0]): $($_ -match 'Read-only file system')" }
            }
            "users: $((Get-NatsUser -Account A -Store ./disk/store).Name)"
            "holds: $(Test-NatsStore ./disk/store)"
            """, "mount -o remount,ro disk");

        Assert.Equal(["ready", .. Enumerable.Repeat("FileAccess: True", 6), "users: U", "holds: True"], lines);
    }

    /// <summary>
    /// Runs a script where <c>./disk</c> is a disk of its own. Where the script waits for a line, something is done to the disk first.
    /// </summary>
    private string[] RunOn(string options, string script, string onReady = "true")
    {
        string shell = TestProgram.PathOf("NatsKeys.Shell");
        File.WriteAllText(PathOf("script.ps1"), script);
        string commands =
            $"mkdir disk && mount -t tmpfs -o {options} none disk && mkfifo go && (coproc W {{ '{shell}' ./script.ps1 < go 2>&1; }}; exec 3> go; " +
            $"while IFS= read -r line <&${{W[0]}}; do echo \"$line\"; if [ \"$line\" = ready ]; then {onReady}; echo go >&3; fi; done)";
        using Process process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "bash", "-c", commands])
        {
            WorkingDirectory = Session.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NATSKEYS_KEYS"] = "" },
        })!;
        string errors = "";
        process.ErrorDataReceived += (_, line) => errors += line.Data;
        process.BeginErrorReadLine();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", errors);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
