using System.Management.Automation;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>What names something that is known completes with Tab, in every cmdlet.</summary>
public class CompletionTests(ModuleCommands commands, CompletionFixture fixture) : IClassFixture<ModuleCommands>, IClassFixture<CompletionFixture>
{
    // What these name is of a closed set, or lies in the store, the key root or the session.
    private static readonly string[] Completing =
    [
        "Operator", "Account", "User", "TargetAccount", "SystemAccount", "From", "To", "SigningKey", "Key", "PublicKey", "EncryptionKey", "Role",
        "Subject", "Export",
        "Locale", "ConnectionType", "RemoveConnectionType", "Tier", "Type", "Resolver", "Format", "AuthUser", "AllowedAccount", "Name",
    ];

    // Arguments that name nothing of a closed set.
    private static readonly string[] Free =
    [
        "ActivationArgument", "ClaimsArgument", "CredentialArgument", "DurationArgument", "GatewayArgument", "LeafNodeRemoteArgument",
        "ItemRowArgument", "LimitArgument", "NewItemRowArgument", "RevocationRowArgument", "RowArgument", "SecretNameArgument", "SeedArgument",
        "StoreArgument", "TimeArgument", "TokenArgument",
    ];

    // They name what does not exist yet, or take objects only.
    private static readonly string[] Exceptions =
    [
        "Add-NatsExport -Name", "Add-NatsExport -Subject", "Add-NatsImport -Export", "Add-NatsImport -Name", "Add-NatsSubjectMapping -To",
        "Compare-NatsAccess -From", "Compare-NatsAccess -To", "Export-NatsContext -Name",
        "New-NatsAccount -Name", "New-NatsActivation -Export", "New-NatsOperator -Name", "New-NatsOperator -SystemAccount",
        "New-NatsPermission -Key", "New-NatsPermission -Subject", "New-NatsUser -Name",
        "Register-NatsKeySource -Name", "Set-NatsExport -Name", "Set-NatsImport -Name",
    ];

    private static readonly string[] TakingPaths =
    [
        "BasePath", "Certificate", "CertificateAuthority", "CertificateKey", "Command", "Credential", "CredentialPath", "Destination", "Directory",
        "From", "JetStreamDirectory",
        "KeyPath", "LiteralPath", "OtherStore", "OutputPath", "Path", "Signature", "Store", "TlsCertificate", "TlsCertificateAuthority", "TlsKey",
        "To", "Token",
    ];

    [Fact]
    public void A_parameter_that_names_something_known_completes()
    {
        string[] bare =
        [
            .. commands.All
                .SelectMany(command =>
                    ModuleCommands.OwnParameters(command).Where(Names).Where(parameter => !Completes(parameter))
                        .Select(parameter => $"{command.Name} -{parameter.Name}"))
                .Distinct().Order(StringComparer.Ordinal),
        ];

        Assert.Equal(Exceptions, bare);
    }

    [Theory]
    [InlineData("New-NatsUser U -Account A -Locale Europe/Berl", "Europe/Berlin")]
    [InlineData("Set-NatsUser U -ConnectionType IN_", "IN_PROCESS")]
    [InlineData("Add-NatsSigningKey -Account B -Role rea", "reader")]
    [InlineData("Remove-NatsSubjectMapping -Account A -Subject from -To tar", "target")]
    [InlineData("Test-NatsPermission A", "A/U")]
    [InlineData("Remove-NatsUser u", "A/U")]
    [InlineData("Set-NatsUser U -RemoveTag ", "old")]
    [InlineData("Set-NatsUser A/U -RemoveAllowPublish ", "a.b")]
    [InlineData("Set-NatsUser $u -RemoveDenyPublish ", "a.c")]
    [InlineData("Set-NatsUser $u -RemoveAllowSubscribe a", "a.b")]
    [InlineData("Set-NatsUser $u -RemoveDenySubscribe ", "a.d")]
    [InlineData("Set-NatsUser $u -RemoveAllowPublishSubscribe ", "a.b")]
    [InlineData("Set-NatsUser $u -RemoveSourceNetwork ", "192.0.2.0/24")]
    [InlineData("Set-NatsUser $u -RemoveConnectionType ", "MQTT")]
    [InlineData("Set-NatsUser $u -RemoveAllowedTime ", "08:00:00-18:00:00")]
    [InlineData("Set-NatsSigningKey reader -RemoveAllowPublish ", "r.x")]
    [InlineData("Set-NatsSigningKey $k -RemoveAllowPublish ", "r.x")]
    [InlineData("Set-NatsUser U, V -RemoveTag ", "old")]
    [InlineData("Set-NatsOperator O -RemoveServiceUrl ", "nats://x:1")]
    [InlineData("Get-NatsSigningKey -Role ", "reader")]
    [InlineData("New-NatsUser V -Account A -Role ", "reader")]
    [InlineData("Get-NatsImport -LocalSubject ", "mine")]
    [InlineData("New-NatsUser V -Expires N", "Never")]
    [InlineData("Set-NatsUser U -Expires 9", "90d")]
    [InlineData("Set-NatsUser U -MaxPayload U", "Unlimited")]
    [InlineData("Set-NatsAccount A -MaxConnections U", "Unlimited")]
    [InlineData("Set-NatsUser U -AllowedTime 08", "08:00-18:00")]
    [InlineData("Set-NatsUser U -AddAllowedTime 08", "08:00-18:00")]
    [InlineData("Export-NatsCredential ", "A/U")]
    [InlineData("Remove-NatsUser -Account A -User ", "U")]
    [InlineData("New-NatsUser V -Account A -Tag ", "old")]
    [InlineData("Set-NatsUser U -AddTag o", "old")]
    [InlineData("Publish-NatsAccount -Server ", "nats://x:1")]
    [InlineData("Export-NatsContext U -Operator O -Server ", "nats://x:1")]
    [InlineData("New-NatsServerConfig ./x -Resolver Memory -Address 127", "127.0.0.1")]
    [InlineData("New-NatsServerConfig ./x -Resolver Memory -JetStreamMaxFile 1G", "1GiB")]
    [InlineData("New-NatsServerConfig ./x -Resolver Memory -MaxPending 64", "64kb")]
    [InlineData("Add-NatsExport -Account A b Service -LatencySampling H", "Headers")]
    [InlineData("New-NatsOperator P -AssertServerVersion 2.9", "2.9.0")]
    public void It_completes_with_what_is_known(string line, string expected)
    {
        using var session = new PowerShellSession();
        session.Run(
            """
            $a = New-NatsOperator O -ServiceUrl nats://x:1 | New-NatsAccount A
            $a | Add-NatsExport theirs Stream
            New-NatsAccount B | Add-NatsImport theirs -From A -LocalSubject mine
            $k = $a | Add-NatsSigningKey -Role reader -AllowPublish r.x
            $a | Add-NatsSubjectMapping from target
            $u = $a | New-NatsUser U -Tag old -AllowPublish a.b -DenyPublish a.c -AllowSubscribe a.b -DenySubscribe a.d `
                -SourceNetwork 192.0.2.0/24 -ConnectionType MQTT -AllowedTime 08:00-18:00
            """);

        Assert.Equal([expected], session.Complete(line));
    }

    /// <summary>The engine gives the names of files where nothing else completes.</summary>
    [Fact]
    public void No_parameter_completes_the_names_of_files_where_it_takes_no_file()
    {
        using var session = new PowerShellSession();
        session.Run("$o = New-NatsOperator O | New-NatsAccount A");
        File.WriteAllText(Path.Combine(session.Folder, "afile.txt"), "");
        string[] files =
        [
            .. from command in commands.All
               from parameter in ModuleCommands.OwnParameters(command).Where(parameter => parameter.ParameterType != typeof(SwitchParameter))
                   .DistinctBy(parameter => parameter.Name)
               where session.Complete($"{command.Name} -{parameter.Name} ").Any(text => text.Contains("afile", StringComparison.Ordinal))
               select parameter.Name,
        ];

        Assert.Contains("Path", files);
        Assert.Empty(files.Distinct().Except(TakingPaths));
    }

    [Theory]
    [InlineData("Set-NatsUser U -SigningKey ./af")]
    [InlineData("New-NatsUser U -Key ./af")]
    [InlineData("Import-NatsKeyPair af")]
    public void The_path_of_a_key_file_completes(string line)
    {
        using var session = new PowerShellSession();
        session.Run("$null = New-NatsOperator O");
        File.WriteAllText(Path.Combine(session.Folder, "afile.nk"), "");
        Assert.Contains("afile.nk", Assert.Single(session.Complete(line)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-NatsConnection client", new[] { "A/client-1", "client-file.creds" })]
    [InlineData("Publish-NatsAccount -Credential A/cl", new[] { "A/client-1" })]
    [InlineData("Get-NatsStore -Credential ./cl", new[] { "client-file.creds" })]
    public void Credentials_are_those_of_users_and_files(string line, string[] expected)
    {
        using var session = new PowerShellSession();
        session.Run("$null = New-NatsOperator O | New-NatsAccount A | New-NatsUser client-1");
        File.WriteAllText(Path.Combine(session.Folder, "client-file.creds"), "");
        Assert.Equal(expected, session.Complete(line).Select(word => word.StartsWith('.') ? Path.GetFileName(word) : word));
    }

    [Fact]
    public void What_nobody_sees_is_spelled_out_and_means_the_same()
    {
        using var session = new PowerShellSession();
        session.Run("$null = New-NatsOperator O -Tag \"a`u{202e}`$b`e`\"`u{3164}\"");
        string word = Assert.Single(session.Complete("Set-NatsOperator O -RemoveTag "));
        Assert.Equal("\"a`u{202e}`$b`u{1b}`\"`u{3164}\"", word);
        Assert.Equal("a\u202e$b\u001b\"\u3164", session.Run(word).Single.BaseObject);
    }

    [Theory]
    [InlineData("Add-NatsExport orders.new ", "Service", "Stream")]
    [InlineData("Add-NatsExport orders.new Stream -Account ", "A", "B")]
    [InlineData("Add-NatsImport -Account B -From ", "A", "B")]
    [InlineData("Add-NatsImport -Account B -From A -Subject ", "'orders.>'", "prices.gold")]
    [InlineData("Add-NatsRevocation -Account A -User ", "U")]
    [InlineData("Add-NatsRevocation -Account A -Export ", "'orders.>'", "prices.gold")]
    [InlineData("Add-NatsSubjectMapping -Account A -Subject ", "'orders.*'")]
    [InlineData("Compare-NatsAccount ", "A", "B")]
    [InlineData("ConvertTo-NatsDiagram -Operator ", "O2")]
    [InlineData("ConvertTo-NatsDiagram -Account B", "B")]
    [InlineData("ConvertTo-NatsReport ", "JUnit", "Markdown", "Sarif")]
    [InlineData("Export-NatsContext -User ", "A/U")]
    [InlineData("Export-NatsCredential -User ", "A/U")]
    [InlineData("Get-NatsAccount B", "B")]
    [InlineData("Get-NatsAccount -Operator O2 -Name ", "A", "B")]
    [InlineData("Get-NatsAccount A | Add-NatsRevocation -User ", "U")]
    [InlineData("Get-NatsAccount -Name A | Add-NatsRevocation -User ", "U")]
    [InlineData("Get-NatsAccount -Name A | Add-NatsRevocation U", "U")]
    [InlineData("Get-NatsAuthCallout -Account ", "A", "B")]
    [InlineData("Get-NatsAuthCallout -Operator ", "O2")]
    [InlineData("Get-NatsExport -Account A -Subject ", "'orders.>'", "prices.gold")]
    [InlineData("Get-NatsImport -Account B -Subject ", "prices.gold")]
    [InlineData("Get-NatsJetStreamLimit -Account ", "A", "B")]
    [InlineData("Get-NatsJetStreamLimit -Operator ", "O2")]
    [InlineData("Get-NatsKeyUsage -Account A -Key r", "reader")]
    [InlineData("Get-NatsKeyUsage -Account ", "A", "B")]
    [InlineData("Get-NatsKeyUsage -Operator ", "O2")]
    [InlineData("Get-NatsOperator O", "O2")]
    [InlineData("Get-NatsRevocation -Account ", "A", "B")]
    [InlineData("Get-NatsRevocation -Operator ", "O2")]
    [InlineData("Get-NatsSubjectMapping -Account A -Subject ", "'orders.*'")]
    [InlineData("Get-NatsUser -Account A -Name ", "U")]
    [InlineData("New-NatsAccount C -Operator ", "O2")]
    [InlineData("New-NatsActivation -Account A -TargetAccount ", "A", "B")]
    [InlineData("New-NatsActivation -Account A -Subject ", "'orders.>'", "prices.gold")]
    [InlineData("New-NatsServerConfig -Resolver ", "Cache", "Full", "Memory")]
    [InlineData("New-NatsServerConfig -Operator ", "O2")]
    [InlineData("New-NatsServerConfig -Resolver Memory -Account ", "A", "B")]
    [InlineData("New-NatsServerConfig -Resolver Memory -SystemAccount ", "A", "B")]
    [InlineData("New-NatsServerConfig -Resolver Memory -PinnedAccount ", "A", "B")]
    [InlineData("New-NatsServerConfig -Resolver Memory -ServerVersion 2.10", "2.10.0")]
    [InlineData("New-NatsUser V -Account ", "A", "B")]
    [InlineData("Publish-NatsAccount ", "A", "B")]
    [InlineData("Receive-NatsAccount -Account ", "A", "B")]
    [InlineData("Remove-NatsAccount ", "A", "B")]
    [InlineData("Remove-NatsAccount -Operator O2 -Account ", "A", "B")]
    [InlineData("Remove-NatsAuthCallout -Account ", "A", "B")]
    [InlineData("Remove-NatsAuthCallout -Operator ", "O2")]
    [InlineData("Remove-NatsExport -Account A -Subject ", "'orders.>'", "prices.gold")]
    [InlineData("Remove-NatsImport -Account B -Subject ", "prices.gold")]
    [InlineData("Remove-NatsJetStreamLimit ", "A", "B")]
    [InlineData("Remove-NatsJetStreamLimit A ", "R1", "R3", "R5")]
    [InlineData("Remove-NatsJetStreamLimit -Account ", "A", "B")]
    [InlineData("Remove-NatsOperator ", "O2")]
    [InlineData("Remove-NatsRevocation -Account A -User ")]
    [InlineData("Remove-NatsSubjectMapping -Account A -Subject ", "'orders.*'")]
    [InlineData("Rename-NatsAccount ", "A", "B")]
    [InlineData("Rename-NatsAccount -NewName C -Account ", "A", "B")]
    [InlineData("Rename-NatsOperator ", "O2")]
    [InlineData("Rename-NatsUser ", "A/U")]
    [InlineData("Set-NatsAccount -Account ", "A", "B")]
    [InlineData("Set-NatsAuthCallout -Account A -AuthUser ", "U")]
    [InlineData("Set-NatsAuthCallout -AllowedAccount ", "A", "B")]
    [InlineData("Set-NatsExport -Account A -Subject ", "'orders.>'", "prices.gold")]
    [InlineData("Set-NatsImport -Account B -Subject ", "prices.gold")]
    [InlineData("Set-NatsImport -Account A -Subject ")]
    [InlineData("Set-NatsJetStreamLimit ", "A", "B")]
    [InlineData("Set-NatsJetStreamLimit A ", "R1", "R3", "R5")]
    [InlineData("Set-NatsJetStreamLimit -Account ", "A", "B")]
    [InlineData("Set-NatsOperator -Operator ", "O2")]
    [InlineData("Set-NatsOperator O2 -SystemAccount ", "A", "B")]
    [InlineData("Set-NatsUser -User A/", "A/U")]
    [InlineData("Test-NatsPermission -User ", "A/U")]
    [InlineData("Test-NatsStore -Operator ", "O2")]
    [InlineData("Unpublish-NatsAccount ", "A", "B")]
    [InlineData("Update-NatsOperatorKey ", "O2")]
    public void Names_of_what_there_is_complete(string line, params string[] expected) => Assert.Equal(expected, fixture.Session.Complete(line));

    [Fact]
    public void Names_are_quoted_where_that_is_needed_and_those_of_two_have_their_operator()
    {
        using var session = new PowerShellSession();
        session.Run("New-NatsOperator O2 | New-NatsAccount A; New-NatsOperator 'Other one' | New-NatsAccount A");

        Assert.Equal(["O2", "'Other one'"], session.Complete("New-NatsAccount B -Operator O"));
        Assert.Equal(["A"], session.Complete("Get-NatsAccount -Operator O2 -Name "));
        foreach (string cmdlet in (string[])["Set-NatsAccount", "Rename-NatsAccount", "Remove-NatsAccount"])
        {
            Assert.Equal(["O2/A", "'Other one/A'"], session.Complete($"{cmdlet} "));
        }
    }

    [Theory]
    [InlineData("Get-NatsAccount")]
    [InlineData("Get-NatsExport")]
    [InlineData("Get-NatsImport")]
    [InlineData("Get-NatsSubjectMapping")]
    [InlineData("Get-NatsUser")]
    public void What_completes_is_taken(string cmdlet)
    {
        IReadOnlyList<string> completed = fixture.Session.Complete($"{cmdlet} ");
        Assert.NotEmpty(completed);
        Assert.All(completed, name => Assert.NotEmpty(fixture.Session.Run($"{cmdlet} {name} -ErrorAction Stop").Output));
    }

    [Fact]
    public void Only_what_is_revoked_completes_where_revocations_are_lifted()
    {
        using var session = new PowerShellSession();
        var key = (string)session.Run(
            "$a = New-NatsOperator O | New-NatsAccount A; $null = 'U', 'V', 'W' | New-NatsUser -Account A; $gone = (Get-NatsUser W).Subject; "
                + "'U', 'W' | Add-NatsRevocation -Account A | Out-Null; Remove-NatsUser W -NoRevocation -Confirm:$false; $gone")
            .Output[^1].BaseObject;
        Assert.Equal(["A/U", key], session.Complete("Remove-NatsRevocation ").Order(StringComparer.Ordinal));
        Assert.Equal(["U", key], session.Complete("Remove-NatsRevocation -Account A -User ").Order(StringComparer.Ordinal));
        Assert.Equal(["A/U", "A/V"], session.Complete("Add-NatsRevocation "));
    }

    [Fact]
    public void The_public_keys_of_accounts_complete()
    {
        using var session = new PowerShellSession();
        var key = (string)session.Run("(New-NatsOperator O | New-NatsAccount A).Subject").Single.BaseObject;

        Assert.Equal([key], session.Complete("Receive-NatsAccount -PublicKey A"));
        Assert.Equal([key], session.Complete("Unpublish-NatsAccount -PublicKey A"));
        Assert.Equal([key], session.Complete($"New-NatsAccount B -Key {key[..8]}"));
    }

    [Theory]
    [InlineData("MaxPayload")]
    [InlineData("MaxControlLine")]
    [InlineData("MaxPending")]
    [InlineData("JetStreamMaxMemory")]
    [InlineData("JetStreamMaxFile")]
    public void Unlimited_completes_only_where_it_is_accepted(string parameter)
    {
        Assert.DoesNotContain("Unlimited", fixture.Session.Complete($"New-NatsServerConfig ./x -Resolver Memory -{parameter} "));
        Assert.Contains("Unlimited", fixture.Session.Complete("New-NatsServerConfig ./x -Resolver Memory -MaxConnections "));
    }

    /// <summary>A key of another type would only be refused.</summary>
    [Theory]
    [InlineData("New-NatsOperator P -Key ", "O")]
    [InlineData("New-NatsAccount B -Key ", "A")]
    [InlineData("New-NatsUser V -Account A -Key ", "U")]
    [InlineData("Update-NatsOperatorKey O -Key ", "O")]
    [InlineData("Add-NatsSigningKey -Account A -Key ", "A")]
    [InlineData("Add-NatsSigningKey -Operator O -Key ", "O")]
    [InlineData("Add-NatsSigningKey A ", "A")]
    [InlineData("Get-NatsOperator | Add-NatsSigningKey ", "AO")]
    [InlineData("Update-NatsSigningKey reader -Account A -NewKey ", "A")]
    [InlineData("Complete-NatsSigningRequest ./x -SigningKey ", "AO")]
    [InlineData("Set-NatsAuthCallout A -EncryptionKey ", "X")]
    [InlineData("Export-NatsStore ./x -Recipient ", "X")]
    [InlineData("Import-NatsStore ./x -Key ", "X")]
    [InlineData("Get-NatsKeyPair ", "AOUX")]
    public void Only_keys_of_the_types_that_are_accepted_complete(string line, string types)
    {
        using var session = new PowerShellSession();
        session.Run(
            """
            New-NatsOperator O | New-NatsAccount A | New-NatsUser U
            New-NatsKeyPair Curve | Export-NatsKeyPair ./x.nk
            Import-NatsKeyPair ./x.nk -Store (Get-NatsStore)
            """);
        Assert.Equal(types, string.Concat(session.Complete(line).Select(key => key[0]).Distinct().Order()));
    }

    [Theory]
    [InlineData("New-NatsUser X -Account A -SigningKey ", "A")]
    [InlineData("New-NatsUser X -Account $a -SigningKey ", "A")]
    [InlineData("Set-NatsUser A/U -SigningKey ", "A")]
    [InlineData("Set-NatsUser $u -SigningKey ", "A")]
    [InlineData("Rename-NatsUser U -NewName V -SigningKey ", "A")]
    [InlineData("Export-NatsCredential -User A/U -SigningKey ", "A")]
    [InlineData("New-NatsActivation -Account A -SigningKey ", "A")]
    [InlineData("New-NatsActivation -Export $e -SigningKey ", "A")]
    [InlineData("$u | Set-NatsUser -SigningKey ", "A B C")]
    [InlineData("New-NatsUser X -Operator O -SigningKey ", "A B")]
    [InlineData("New-NatsAccount X -Operator O -SigningKey ", "O")]
    [InlineData("Set-NatsAccount A -SigningKey ", "O")]
    [InlineData("Set-NatsAccount $a -SigningKey ", "O")]
    [InlineData("Add-NatsExport -Account A x -SigningKey ", "O")]
    [InlineData("Set-NatsExport -InputObject $e -SigningKey ", "O")]
    [InlineData("Add-NatsSigningKey -Account C -SigningKey ", "P")]
    [InlineData("Set-NatsOperator P -SigningKey ", "P")]
    [InlineData("Remove-NatsUser A/U -SigningKey ", "O")]
    [InlineData("New-NatsSigningRequest f -InputObject $u -SigningKey ", "A")]
    [InlineData("New-NatsSigningRequest f -Operator P -SigningKey ", "P C")]
    public void Only_keys_that_can_sign_complete_as_the_key_that_signs(string line, string owners) =>
        Assert.Equal(KeysOf(owners, line, out IReadOnlyList<string> completed), completed);

    [Theory]
    [InlineData("Get-NatsSigningKey ", "O P A B C")]
    [InlineData("Get-NatsKeyUsage ", "O P A B C")]
    [InlineData("Get-NatsSigningKey -Operator O -Key ", "O")]
    [InlineData("Get-NatsSigningKey -Account A -Key ", "A")]
    [InlineData("Remove-NatsSigningKey -Account A -Key ", "A")]
    [InlineData("Set-NatsSigningKey -Account A -Key ", "A")]
    [InlineData("Remove-NatsSigningKey -Operator P -Key ", "P")]
    [InlineData("Update-NatsSigningKey -Account $a -Key ", "A")]
    public void The_keys_of_the_owner_complete_as_the_key_that_is_meant(string line, string owners) =>
        Assert.Equal(KeysOf(owners, line, out IReadOnlyList<string> completed), completed);

    [Fact]
    public void Every_key_completes_however_many_there_are()
    {
        using var session = new PowerShellSession();
        string[] keys = [.. session.Run(
            "New-NatsStore store; foreach ($i in 1..260) { (Import-NatsKeyPair -Seed (New-NatsKeyPair Account).ToSeed() -Store store).PublicKey }")
                .Output.Skip(1).Select(key => (string)key.BaseObject)];

        Assert.Equal(260, keys.Length);
        Assert.Equal(200, session.Complete("Get-NatsKeyPair A").Count);
        Assert.All(keys, key => Assert.Equal([key], session.Complete($"Get-NatsKeyPair {key[..16]}")));
        Assert.All(keys[^5..], key => Assert.Equal([key], session.Complete($"New-NatsAccount B -Key {key[..16]}")));
    }

    [Fact]
    public void A_store_is_looked_for_where_the_session_is()
    {
        using var session = new PowerShellSession();
        session.Run("New-NatsStore folder/other; New-NatsOperator Elsewhere -Store folder/other");

        Assert.Equal(["Elsewhere"], session.Complete("Get-NatsOperator -Store folder/other -Name "));
        session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation('folder')");
        Assert.Equal(["Elsewhere"], session.Complete("Get-NatsOperator -Store other -Name "));
        Assert.Equal(["Elsewhere"], session.Complete("Get-NatsOperator -Store ./other -Name E"));
        Assert.Empty(session.Complete("Get-NatsOperator -Store nodrive:/other -Name E"));
    }

    [Fact]
    public void Words_need_no_store()
    {
        using var session = new PowerShellSession();

        Assert.Equal(["R3"], session.Complete("Set-NatsJetStreamLimit -Store nowhere -Tier R3"));
        Assert.Equal(["LEAFNODE_WS"], session.Complete("Set-NatsUser U -Store nowhere -ConnectionType leafnode_w"));
        Assert.Equal(["Europe/Berlin"], session.Complete("New-NatsUser U -Store nowhere -Locale Europe/Berl"));
        Assert.False(Directory.Exists(session.StoreRoot));
    }

    [Theory]
    [InlineData("orders[")]
    [InlineData("orders[1]")]
    [InlineData("*[1")]
    public void A_bracket_in_a_word_is_part_of_a_name(string word)
    {
        using var session = new PowerShellSession();
        session.Run("New-NatsOperator O; New-NatsAccount A; Add-NatsSubjectMapping -Account A 'orders[1].new' orders; Add-NatsSubjectMapping "
            + "-Account A 'orders1.new' orders");

        Assert.Equal(["'orders[1].new'"], session.Complete("Remove-NatsSubjectMapping -Account A -Subject " + word));
    }

    [Fact]
    public void An_account_that_cannot_be_read_hides_no_other()
    {
        using var session = new PowerShellSession();
        session.Run("$o = New-NatsOperator O; $o | New-NatsAccount A | Add-NatsSubjectMapping from there; $o | New-NatsAccount B | "
            + "Add-NatsSigningKey -Role reader; New-NatsUser U -Account A");
        File.WriteAllText(Path.Combine(session.StoreRoot, "O", "accounts", "A", "account.yaml"), "][");

        Assert.Equal(["reader"], session.Complete("Add-NatsSigningKey -Account B -Role "));
        Assert.Equal("reader", session.Complete("Get-NatsSigningKey ")[0]);
        Assert.Equal(["U"], session.Complete("Get-NatsUser -Account A -Name "));
    }

    /// <summary>The roles and public keys of some owners in a store that has them, in their order, and what a line completes to there.</summary>
    private static IReadOnlyList<string> KeysOf(string owners, string line, out IReadOnlyList<string> completed)
    {
        using var session = new PowerShellSession();
        session.Run(
            """
            foreach ($name in 'O', 'P') { $null = New-NatsOperator $name; $null = Add-NatsSigningKey -Operator $name }
            $a = New-NatsAccount A -Operator O
            $b = New-NatsAccount B -Operator O
            $c = New-NatsAccount C -Operator P
            foreach ($account in $a, $b, $c) { $null = $account | Add-NatsSigningKey -Role "role$($account.Name)" }
            $u = $a | New-NatsUser U
            $e = $a | Add-NatsExport x -Type Stream -PassThru | Get-NatsExport
            """);
        completed = session.Complete(line);
        return [.. owners.Split(' ').SelectMany(owner => session.Run(
            """
            $key = if ($owner -in 'O', 'P') { Get-NatsSigningKey -Operator $owner } else { Get-NatsSigningKey -Account $owner }
            if ($key.Role) { $key.Role }
            $key.PublicKey
            """,
            ("owner", owner)).Output.Select(text => (string)text.BaseObject))];
    }

    private static bool Names(CommandParameterInfo parameter)
    {
        Type type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        return Completing.Contains(parameter.Name, StringComparer.Ordinal)
            || (type == typeof(string) && parameter.Name.StartsWith("Remove", StringComparison.Ordinal))
            || (type.Name.EndsWith("Argument", StringComparison.Ordinal) && !Free.Contains(type.Name, StringComparer.Ordinal));
    }

    // An enumeration and a set of values complete by themselves.
    private static bool Completes(CommandParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return (type.GetElementType() ?? type).IsEnum
            || type == typeof(SwitchParameter)
            || parameter.Attributes.Any(
                attribute => attribute is ValidateSetAttribute or ArgumentCompleterAttribute { Type.Name: not "NothingCompleter" });
    }
}
