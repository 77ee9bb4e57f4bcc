namespace NatsKeys.Tests.Commands;

public class ExportNatsStoreTests : ModuleTest
{
    private static string Nsc => Path.Combine(AppContext.BaseDirectory, "vectors", "nsc-store");

    [Fact]
    public void What_came_from_nsc_goes_back_byte_for_byte()
    {
        Run("Import-NatsStore $nsc; Export-NatsStore out -AsNsc", ("nsc", Nsc));
        Assert.Equal(Files(Path.Combine(Nsc, "stores")), Files(PathOf("out/stores")));
        Assert.Equal(Files(Path.Combine(Nsc, "keys")), Files(PathOf("out/keys")));
    }

    [Fact]
    public void A_mirror_follows_names_that_change_only_in_case()
    {
        Run(
            """
            New-NatsOperator O2 | New-NatsAccount acme | New-NatsUser alice | Out-Null
            New-NatsAccount kept -Operator O2 | New-NatsUser bob | Out-Null
            Export-NatsStore out -AsFolder
            Rename-NatsAccount acme ACME
            Rename-NatsUser alice Alice -Account ACME
            Rename-NatsUser bob BOB
            Export-NatsStore out -AsFolder -Force
            """);
        Holds("((Get-NatsUser -Store ./out).Path -join ' ') -ceq ((Get-NatsUser).Path -join ' ')");
        Assert.Equal(Files(PathOf("store/O2")), Files(PathOf("out/O2")));
        Run("Export-NatsStore out -AsFolder -Force");
        Assert.Equal(Files(PathOf("store/O2")), Files(PathOf("out/O2")));
    }

    [Fact]
    public void What_cannot_be_written_to_a_folder_is_named_with_its_store()
    {
        Run("$a = New-NatsOperator O2 | New-NatsAccount A; Export-NatsStore out -AsFolder; Set-NatsAccount A -AddTag x");
        string message = Reports("EntityExists", "Export-NatsStore out -AsFolder");
        Assert.DoesNotContain("The file", message, StringComparison.Ordinal);
        Assert.Contains("account O2/A", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_made_here_is_a_store_of_nsc()
    {
        Run(Walkthrough);
        Run("Get-NatsUser | Export-NatsCredential");
        Holds(
            "$d = Export-NatsStore out -AsNsc -PassThru; $d -is [IO.DirectoryInfo]",
            "$d.FullName -eq [IO.Path]::GetFullPath(\"$pwd/out\")");
        Assert.Equal("{\"managed\":false,\"name\":\"O2\",\"kind\":\"operator\",\"version\":\"1\"}", File.ReadAllText(PathOf("out/stores/O2/.nsc")));
        Holds("[IO.File]::ReadAllText(\"$pwd/out/stores/O2/accounts/A/users/U.jwt\") -ceq (Get-NatsUser U).Jwt");
        Assert.Equal(File.ReadAllText(PathOf("keys/creds/O2/A/U.creds")), File.ReadAllText(PathOf("out/keys/creds/O2/A/U.creds")));
        Assert.Equal(5, Directory.GetFiles(PathOf("out/keys/keys"), "*.nk", SearchOption.AllDirectories).Length);
        if (!OperatingSystem.IsWindows())
        {
            foreach (string folder in Directory.GetDirectories(PathOf("out"), "*", SearchOption.AllDirectories).Append(PathOf("out")))
            {
                Assert.Equal((folder, "700"), (folder, Convert.ToString((int)File.GetUnixFileMode(folder), 8)));
            }

            foreach (string file in Directory.GetFiles(PathOf("out"), "*", SearchOption.AllDirectories))
            {
                Assert.Equal((file, "600"), (file, Convert.ToString((int)File.GetUnixFileMode(file), 8)));
            }
        }
    }

    [Fact]
    public void A_folder_with_something_in_it_is_refused_and_left_alone()
    {
        Run(Walkthrough);
        Directory.CreateDirectory(PathOf("out"));
        WriteFile("out/mine", "mine");
        string[] before = Snapshot();
        Assert.Contains(PathOf("out"), Reports("FileExists", "Export-NatsStore out -AsNsc"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_entity_without_a_token_is_one_error_and_the_rest_goes_on()
    {
        Run("$o = New-NatsOperator O2; $o | New-NatsAccount A | New-NatsUser U | Out-Null; $o | New-NatsAccount B | Out-Null");
        string file = PathOf("store/O2/accounts/A/account.yaml");
        File.WriteAllLines(file, File.ReadAllLines(file).Where(line => !line.StartsWith("jwt:", StringComparison.Ordinal)));
        Assert.Contains("account O2/A", Reports("EntityNotSigned", "Export-NatsStore out -AsNsc -WarningVariable w"), StringComparison.Ordinal);
        Holds("\"$w\" -like '*user O2/A/U*'");
        Assert.True(File.Exists(PathOf("out/stores/O2/accounts/B/B.jwt")));
        Assert.False(Directory.Exists(PathOf("out/stores/O2/accounts/A")));
    }

    [Fact]
    public void An_edit_that_is_not_signed_stays_here_and_a_warning_says_so()
    {
        Run("New-NatsOperator O2 | New-NatsAccount A | Out-Null; $jwt = (Get-NatsAccount A).Jwt");
        string file = PathOf("store/O2/accounts/A/account.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("kind: account\n", "kind: account\ntags: [new]\n", StringComparison.Ordinal));
        Run("Export-NatsStore out -AsNsc -WarningVariable w");
        Holds("\"$w\" -like '*account O2/A was edited*'", "[IO.File]::ReadAllText(\"$pwd/out/stores/O2/accounts/A/A.jwt\") -ceq $jwt");
    }

    [Fact]
    public void Keys_of_nobody_come_with_AllKeys_alone()
    {
        Run("New-NatsOperator O2 | Out-Null; New-NatsKeyPair Account | Export-NatsKeyPair spare.nk; Import-NatsKeyPair spare.nk -Store "
            + "(Get-NatsStore) | Out-Null");
        Run("Export-NatsStore one -AsNsc -WarningVariable w; Export-NatsStore two -AsNsc -AllKeys -WarningVariable v");
        Holds("\"$w\" -like '*were left out: 1.*'", "!$v");
        Assert.Single(Directory.GetFiles(PathOf("one/keys/keys"), "*.nk", SearchOption.AllDirectories));
        Assert.Equal(2, Directory.GetFiles(PathOf("two/keys/keys"), "*.nk", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Run(Walkthrough);
        Assert.Empty(LeavesFilesAlone("Export-NatsStore out -AsNsc -PassThru -WhatIf").Output);
    }

    private static string[] Files(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(root, file)} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];
}
