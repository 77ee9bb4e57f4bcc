namespace NatsKeys.Tests.Commands;

public class CompareNatsAccessTests : ModuleTest
{
    public CompareNatsAccessTests() => Run(
        """
        $null = New-NatsOperator O2 | New-NatsAccount A
        $null = New-NatsUser U -Account A -AllowPublish 'a.>' -DenyPublish 'a.secret.>' -AllowSubscribe 'in.*' -Expires 1d
        $null = New-NatsUser W -Account A -Expires 1d
        $null = Add-NatsSigningKey -Account A -Role r -AllowPublish 'tele.{{name()}}.>' -AllowSubscribe x | New-NatsUser S -Expires 1d
        Copy-Item ./store ./before -Recurse
        """);

    [Theory]
    [InlineData("Set-NatsUser U -AddAllowPublish 'a.b'", "")]
    [InlineData("Set-NatsUser U -AddAllowPublish 'b.*', 'a.c'", "Granted user O2/A/U may publish b.*")]
    [InlineData("Set-NatsUser U -RemoveDenyPublish 'a.secret.>'", "Granted user O2/A/U may publish a.secret.>")]
    [InlineData("Set-NatsUser U -AddDenyPublish 'a.*'", "Taken user O2/A/U may no longer publish a.*")]
    [InlineData("Set-NatsUser U -AddAllowSubscribe 'in.>'", "")]
    [InlineData("Set-NatsUser U -AddAllowSubscribe 'in.x q'", "Changed user O2/A/U may subscribe with different queue groups: in.x q")]
    [InlineData("Set-NatsSigningKey r -AddAllowPublish 'tele.{{name()}}.x', 'log.{{name()}}'", "Granted account O2/A users of role 'r' may "
        + "publish log.{{name()}}")]
    [InlineData("Set-NatsAccount A -DenyPublish 'k.>'", "Taken account O2/A users without permissions may no longer publish k.>")]
    [InlineData("Set-NatsAccount A -MaxConnections 5", "Taken account O2/A MaxConnections Unlimited → 5")]
    [InlineData("Add-NatsExport -Account A 'e.>' Stream", "Granted account O2/A + export e.> (Type stream)")]
    [InlineData("Set-NatsUser U -AllowedTime 08:00-18:00", "Changed user O2/A/U *")]
    public void What_differs_is_told_once(string edit, string expected)
    {
        Run(edit);
        string found = (string)Value("(Compare-NatsAccess ./before | ForEach-Object { \"$($_.Change) $($_.Entity) $($_.Message)\" }) -join '|'")!;
        Assert.True(expected.EndsWith('*') ? found.StartsWith(expected[..^1], StringComparison.Ordinal) : found == expected, found);
        Assert.Equal(expected.Length == 0, Value("@(Compare-NatsAccess ./before).Count") is 0);
    }

    /// <summary>What is said of a change, and of the change that undoes it.</summary>
    [Theory]
    [InlineData("Add-NatsSubjectMapping -Account A a.b c.d", "Changed", "Changed")]
    [InlineData("Set-NatsUser U -BearerToken", "Granted", "Taken")]
    [InlineData("Set-NatsUser U -ProxyRequired", "Taken", "Granted")]
    [InlineData("Set-NatsAccount A -DisallowBearer", "Taken", "Granted")]
    [InlineData("Set-NatsAccount A -AllowWildcardExports:$false", "Taken", "Granted")]
    [InlineData("Set-NatsUser U -AllowResponse 3", "Granted,Granted", "Taken,Taken")]
    [InlineData("Set-NatsAuthCallout -Account A U", "Changed", "Changed")]
    [InlineData("Add-NatsRevocation W -Account A", "Taken", "Granted")]
    public void Each_change_and_its_opposite_have_a_word(string edit, string forth, string back)
    {
        Run($"$null = {edit}");
        Holds(
            $"(Compare-NatsAccess ./before).Change -join ',' -eq '{forth}'",
            $"(Compare-NatsAccess ./store ./before).Change -join ',' -eq '{back}'");
    }

    [Theory]
    [InlineData("Set-NatsUser U -AllowResponse 5", "Granted")]
    [InlineData("Set-NatsUser U -AllowResponse 2", "Taken")]
    [InlineData("Set-NatsExport -Account A 'p.>' -Type Stream -Private:$false", "Granted")]
    [InlineData("Set-NatsExport -Account A 'e.>' -Type Stream -Private", "Taken")]
    [InlineData("Remove-NatsSubjectMapping -Account A a.b c.d -Confirm:$false", "Changed")]
    public void Less_and_more_of_what_is_there_have_a_word(string edit, string expected)
    {
        Run("""
            $null = Set-NatsUser U -AllowResponse 3
            $null = Add-NatsExport -Account A 'p.>' Stream -Private
            $null = Add-NatsExport -Account A 'e.>' Stream
            $null = Add-NatsSubjectMapping -Account A a.b c.d
            Copy-Item ./store ./middle -Recurse
            """);
        Run($"$null = {edit}");
        Holds($"(Compare-NatsAccess ./middle).Change -join ',' -eq '{expected}'");
    }

    [Fact]
    public void A_revocation_that_ends_earlier_grants()
    {
        Run("""
            Add-NatsRevocation U -Account A
            Copy-Item ./store ./middle -Recurse
            $file = './store/O2/accounts/A/account.yaml'
            (Get-Content $file -Raw) -replace '(revocations:\s+U\w+: )\d+', '${1}1000' | Set-Content $file -NoNewline
            """);
        Holds(
            "(Compare-NatsAccess ./middle).Change -join ',' -eq 'Granted'", "(Compare-NatsAccess ./store ./middle).Change -join ',' -eq 'Taken'");
    }

    [Fact]
    public void A_revoked_user_that_is_signed_anew_is_granted_access()
    {
        Run("""
            Add-NatsRevocation U -Account A
            Add-NatsRevocation S -Account A
            Copy-Item ./store ./middle -Recurse
            $file = './store/O2/accounts/A/users/U.yaml'
            (Get-Content $file -Raw) -replace 'a\.>', 'a.b' | Set-Content $file -NoNewline
            $null = Set-NatsUser S -Expires 2d -WarningAction Ignore
            """);
        Holds(
            "(Compare-NatsAccess ./middle | Where-Object Aspect -EQ iat | ForEach-Object { \"$($_.Change) $($_.User)\" }) -join ',' -eq "
                + "'Granted S,Granted U'",
            "(Compare-NatsAccess ./store ./middle | Where-Object Aspect -EQ iat).Change -join ',' -eq 'Taken,Taken'",
            "-not (Compare-NatsAccess ./before | Where-Object Aspect -EQ iat)");
        Run("Get-NatsRevocation -Account A | Remove-NatsRevocation -Confirm:$false");
        Holds("'iat' -notin (Compare-NatsAccess ./middle).Aspect");
    }

    [Fact]
    public void What_an_account_is_changes_the_roles_that_name_it()
    {
        Run("""
            $null = Set-NatsAccount A -Tag site:x
            $null = Add-NatsSigningKey -Account A -Role named -AllowPublish 'a.{{account-tag(site)}}' -AllowSubscribe x | New-NatsUser T -Expires 1d
            Copy-Item ./store ./middle -Recurse
            $null = Set-NatsAccount A -Tag site:y
            """);
        Holds(
            "(Compare-NatsAccess ./middle | Where-Object User -EQ T).Message -join '|' -eq 'may publish a.y|may no longer publish a.x'",
            "-not (Compare-NatsAccess ./middle | Where-Object User -EQ S)");
    }

    [Fact]
    public void New_and_removed_users_are_told_with_what_they_may() => Holds(
        "$null = New-NatsUser N -Account A -AllowPublish n -AllowSubscribe m -Expires 1d; (Compare-NatsAccess ./before).Message -join '|' -eq "
            + "'was added|may publish n|may subscribe to m'",
        "(Compare-NatsAccess ./store ./before).Message -join '|' -eq 'was removed|may no longer publish n|may no longer subscribe to m'");

    [Fact]
    public void The_files_are_compared_whether_they_are_signed_or_not()
    {
        Run("(Get-Content ./store/O2/accounts/A/users/U.yaml -Raw) -replace 'in\\.\\*', 'in.>' | Set-Content ./store/O2/accounts/A/users/U.yaml "
            + "-NoNewline; (Get-Content ./store/O2/accounts/A/users/U.yaml -Raw) -replace 'a\\.>', 'q.>' | Set-Content "
                + "./store/O2/accounts/A/users/U.yaml -NoNewline");
        Holds("'may publish q.>' -in (Compare-NatsAccess ./before).Message", "(Get-NatsUser U).State -eq 'Modified'");
    }

    [Theory]
    [InlineData("Sarif", "access.granted")]
    [InlineData("JUnit", "access.granted")]
    [InlineData("Markdown", "| **granted** | user O2/A/U | The user O2/A/U: may publish b.&#42;.<br/>O2/accounts/A/users/U.yaml:")]
    public void Changes_become_reports(string format, string part)
    {
        Run("Set-NatsUser U -AddAllowPublish 'b.*'");
        Assert.Contains(part, (string)Value($"Compare-NatsAccess ./before | ConvertTo-NatsReport {format}")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_a_report_as_well() => Holds("(Compare-NatsAccess ./before | ConvertTo-NatsReport Markdown) -match 'No findings'");

    [Fact]
    public void JetStream_is_granted_and_taken_with_its_storage()
    {
        Run("Set-NatsJetStreamLimit -Account A -MaxDisk 5MB -MaxStreams 3; Copy-Item ./store ./stored -Recurse");
        Holds("(Compare-NatsAccess ./before | Where-Object Aspect -EQ limits.disk_storage).Change -eq 'Granted'");
        Run("Set-NatsJetStreamLimit -Account A -MaxDisk 4MB -MaxStreams 5");
        Holds(
            "(Compare-NatsAccess ./stored | Where-Object Aspect -EQ limits.disk_storage).Change -eq 'Taken'",
            "(Compare-NatsAccess ./stored | Where-Object Aspect -EQ limits.streams).Change -eq 'Granted'");
        Run("Remove-NatsJetStreamLimit -Account A -Confirm:$false");
        Holds("(Compare-NatsAccess ./stored | Where-Object Aspect -EQ limits.disk_storage).Change -eq 'Taken'");
    }

    [Fact]
    public void Who_was_signed_by_a_key_that_is_gone_may_nothing()
    {
        Run("Remove-NatsSigningKey -Account A r -Confirm:$false -WarningAction Ignore");
        Holds(
            "-not (Compare-NatsAccess ./before | Where-Object Change -NE Taken)",
            "'tele.S.>' -in (Compare-NatsAccess ./before | Where-Object User -EQ S).Subjects");
    }

    [Fact]
    public void An_operator_that_neither_store_has_is_an_error()
    {
        Reports("EntityNotFound", "Compare-NatsAccess ./before -Operator O3");
        Holds("-not (Compare-NatsAccess ./before -Operator o2)");
    }

    [Fact]
    public void Users_of_a_role_are_counted() => Holds("Set-NatsSigningKey r -AddAllowPublish z; (Compare-NatsAccess ./before).Users -eq "
        + "1", "(Compare-NatsAccess ./before).Role -eq 'r'");

    [Fact]
    public void A_backup_is_an_earlier_store()
    {
        Run("""
            $xkey = New-NatsKeyPair Curve
            Export-NatsStore ./b.backup -Recipient $xkey.PublicKey
            Set-NatsUser U -AddAllowPublish z
            """);
        Holds(
            "(Compare-NatsAccess ./b.backup -Key $xkey).Message -eq 'may publish z'",
            "-not (Compare-NatsAccess ./b.backup ./before -Key $xkey)",
            "(Compare-NatsAccess ./before (Get-NatsStore) | Out-String) -eq (Compare-NatsAccess ./b.backup -Key $xkey | Out-String)");
        Reports("KeyNotFound", "Compare-NatsAccess ./b.backup");
        Reports("CouldNotDecrypt", "Compare-NatsAccess ./b.backup -Key (New-NatsKeyPair Curve)");
        Run("$xkey | Export-NatsKeyPair ./x.nk; Import-NatsKeyPair ./x.nk -Store ./store");
        Holds("(Compare-NatsAccess ./b.backup).Message -eq 'may publish z'");
    }

    [Fact]
    public void Edits_that_nobody_signed_are_in_a_backup_too()
    {
        Run("""
            $file = './store/O2/accounts/A/users/U.yaml'
            (Get-Content $file -Raw) -replace 'a\.>', 'q.>' | Set-Content $file -NoNewline
            $xkey = New-NatsKeyPair Curve
            Export-NatsStore ./b.backup -Recipient $xkey.PublicKey
            """);
        Holds("'may no longer publish q.>' -in (Compare-NatsAccess ./b.backup ./before -Key $xkey).Message");
    }

    [Fact]
    public void A_key_without_a_backup_is_told() => Assert.Contains(
        "-Key", Run("Compare-NatsAccess ./before -Key (New-NatsKeyPair Curve)").Warnings[^1], StringComparison.Ordinal);

    [Fact]
    public void A_rotated_key_is_told_once_and_not_for_each_user_of_the_role()
    {
        Run("$null = Update-NatsSigningKey r -Account A -Confirm:$false");
        Holds("(Compare-NatsAccess ./before).Aspect -eq 'signing_keys[r].key'", "@(Compare-NatsAccess ./before).Count -eq 1");
    }

    [Fact]
    public void Roles_are_told_apart_by_their_case()
    {
        Run("$null = Add-NatsSigningKey -Account A -Role R -AllowPublish 'wide.>' -AllowSubscribe x");
        Holds("(Compare-NatsAccess ./before | Where-Object Role -CEQ R).Message -join '|' -eq "
            + "'users of role ''R'' may publish wide.>|users of role ''R'' may subscribe to x'");
    }

    [Fact]
    public void A_store_that_is_not_there_is_an_error() => Reports("StoreNotFound", "Compare-NatsAccess ./nowhere");
}
