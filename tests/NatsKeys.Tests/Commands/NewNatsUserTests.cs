using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class NewNatsUserTests : ModuleTest
{
    private const string UserSeed = "SUAPGNOI33MYGGY43BRZWCWHSQ56BGX3DTWQUQSZ6HP7FONZ4YFGHZG7OE";

    public NewNatsUserTests() => Run("$a = New-NatsOperator O2 | New-NatsAccount A");

    [Theory]
    [InlineData("New-NatsUser U")]
    [InlineData("New-NatsUser -Name U -Account $a")]
    [InlineData("New-NatsUser U -Account A -Operator O2 -Store $storeRoot")]
    [InlineData("New-NatsUser U -Account O2/A")]
    [InlineData("$a | New-NatsUser U")]
    [InlineData("'A' | New-NatsUser U")]
    public void A_user_is_signed_by_its_account(string script)
    {
        Run($"$u = {script}");

        Holds(
            "$u.GetType().Name -eq 'NatsUser'",
            "$u.Account -eq 'A'",
            "$u.Operator -eq 'O2'",
            "$u.State -eq 'Signed'");
        Holds(
            "$u.Issuer -eq $a.Subject",
            "$u.IssuerAccount -eq $a.Subject",
            "$null -eq $u.Claims.IssuerAccount");
        Holds("(Get-NatsKeyPair $u.Subject).Type -eq 'User'");
        Assert.True(File.Exists(PathOf("store/O2/accounts/A/users/U.yaml")));
    }

    /// <summary>A table has the time in the culture of its session.</summary>
    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void The_expiry_of_a_table_is_read_back(string culture)
    {
        Run($$"""
            $before = [cultureinfo]::CurrentCulture
            [cultureinfo]::CurrentCulture = '{{culture}}'
            try {
                $null = $a | New-NatsUser V -Expires 2027-02-03T16:05:06Z
                Get-NatsUser V | Select-Object Name, Account, Expires | Export-Csv users.csv
                Import-Csv users.csv | ForEach-Object { $_.Name = 'W'; $_ } | New-NatsUser | Out-Null
            }
            finally { [cultureinfo]::CurrentCulture = $before }
            """);
        Holds("(Get-NatsUser W).Expires -eq [DateTimeOffset]'2027-02-03T16:05:06Z'");
    }

    [Fact]
    public void A_signing_key_in_the_pipeline_signs_and_the_account_is_named()
    {
        Run("$k = $a | Add-NatsSigningKey; $u = $k | New-NatsUser U");
        Holds(
            "$u.Issuer -eq $k.PublicKey",
            "$u.Claims.IssuerAccount -eq $a.Subject",
            "-not $u.BearerToken");
    }

    [Fact]
    public void SigningKey_signs()
    {
        Run("$k = $a | Add-NatsSigningKey; $u = $a | New-NatsUser U -SigningKey $k.PublicKey");
        Holds("$u.Issuer -eq $k.PublicKey");
    }

    [Fact]
    public void Key_times_and_tags_are_recorded()
    {
        Run($"$u = New-NatsUser U -Key {UserSeed} -Expires 30d -NotBefore 2020-01-01 -Tag B, a");
        Holds("$u.Subject -eq (Import-NatsKeyPair -Seed $seed).PublicKey".Replace("$seed", $"'{UserSeed}'", StringComparison.Ordinal));
        Holds(
            "$u.Expires -gt $u.IssuedAt.AddDays(29)",
            "$u.NotBefore.Year -eq 2020",
            "\"$($u.Tags)\" -eq 'b a'");
    }

    [Fact]
    public void Accounts_of_several_operators_with_one_name_need_the_operator()
    {
        Run("New-NatsOperator Other | New-NatsAccount A | Out-Null");
        Reports("EntityAmbiguous", "New-NatsUser U -Account A");
        Holds("(New-NatsUser U -Account A -Operator Other).Operator -eq 'Other'");
    }

    [Fact]
    public void A_signing_key_of_an_operator_is_no_account()
    {
        Run("$k = Add-NatsSigningKey -Operator O2");
        string[] before = Snapshot();
        Assert.Single(Session.Run("$k | New-NatsUser U").Errors);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_operator_or_user_is_no_account_even_if_one_has_its_name()
    {
        Run("$o = New-NatsOperator Same; $o | New-NatsAccount Same | Out-Null; $u = $a | New-NatsUser Same");
        string[] before = Snapshot();

        Assert.Single(Session.Run("$o | New-NatsUser V").Errors);
        Assert.Single(Session.Run("$u | New-NatsUser V").Errors);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void One_bad_item_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsAccount B | Out-Null");
        Reports("EntityNotFound", "$made = 'A', 'None', 'B' | New-NatsUser U");
        Holds("\"$($made.Account)\" -eq 'A B'");
    }

    [Fact]
    public void Bad_names_and_keys_are_errors()
    {
        Run("$a | New-NatsUser U | Out-Null");
        string[] before = Snapshot();
        Reports("EntityExists", "$a | New-NatsUser u");
        Reports("InvalidName", "$a | New-NatsUser 'a/b'");
        Reports("IncompatibleKey", $"$a | New-NatsUser V -Key {AccountSeed}");
        Reports("EntityNotFound", "New-NatsUser V -Account O2/None");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Many_users_come_out_of_one_pipeline()
    {
        Run("$k = $a | Add-NatsSigningKey; $made = 1..50 | ForEach-Object { New-NatsUser \"u$_\" -Account $a -SigningKey $k }");
        Holds(
            "$made.Count -eq 50",
            "@($made.Where({ $_.Issuer -ne $k.PublicKey })).Count -eq 0",
            "@(Get-NatsUser).Count -eq 50");
    }

    [Fact]
    public void Rows_of_a_table_name_what_is_made_and_a_bad_one_is_an_error()
    {
        RunResult result = Session.Run(
            """
            New-NatsOperator Rows | New-NatsAccount T | Out-Null
            $made = [pscustomobject] @{ Name = 'ann'; Expires = '30d'; Tag = 'Team:X; y' }, [pscustomobject] @{ Name = 'bob'; Expires = 'soon' },
                [pscustomobject] @{ Name = 'cid'; Expires = ''; Tag = '' }, [pscustomobject] @{ Name = 'ann' } |
                New-NatsUser -Operator Rows -Account T
            """);
        Assert.Equal(["InvalidTime", "EntityExists"], result.ErrorIds);
        Holds(
            "\"$($made.Name)\" -eq 'ann cid'",
            "\"$($made[0].Tags)\" -eq 'team:x y'",
            "$made[0].Expires",
            "-not $made[1].Expires",
            "-not $made[1].Tags.Count");
    }

    [Fact]
    public void Rows_name_their_accounts_and_one_that_is_not_there_is_an_error()
    {
        RunResult result = Session.Run(
            """
            $o = New-NatsOperator Rows; $o | New-NatsAccount T | Out-Null; $o | New-NatsAccount V | Out-Null
            $made = [pscustomobject] @{ Name = 'a'; Account = 'T'; Operator = 'Rows' },
                [pscustomobject] @{ Name = 'b'; Account = 'nowhere'; Operator = 'Rows' }, [pscustomobject] @{ Name = 'c'; Account = 'Rows/V' } |
                New-NatsUser
            """);
        Assert.Equal(["EntityNotFound"], result.ErrorIds);
        Holds("\"$($made.Path)\" -eq 'user Rows/T/a user Rows/V/c'");
    }

    [Fact]
    public void An_account_that_is_typed_is_looked_for_below_the_operator_of_each_row()
    {
        Run(
            """
            foreach ($name in 'P', 'Q') { New-NatsOperator $name | New-NatsAccount Shared | Out-Null }
            $made = 'P', 'Q', 'P' | ForEach-Object { [pscustomobject] @{ Name = "u$(($n++))"; Operator = $_ } } | New-NatsUser -Account Shared
            """);
        Assert.Equal("P/Shared Q/Shared P/Shared", Value("($made | ForEach-Object { \"$($_.Operator)/$($_.Account)\" }) -join ' '"));
    }

    [Fact]
    public void A_user_takes_nothing_from_the_properties_of_its_account()
    {
        Run("$a = New-NatsOperator Rows | New-NatsAccount T -Expires 3d -NotBefore 1d -Tag x; $k = $a | Add-NatsSigningKey; $made = @($a | "
            + "New-NatsUser u; $k | New-NatsUser v; 'Rows/T' | New-NatsUser w)");
        Holds("@($made | Where-Object { $_.Expires -or $_.NotBefore -or $_.Tags.Count }).Count -eq 0", "$made[1].Issuer -eq $k.PublicKey");
    }

    [Theory]
    [InlineData("-Expires ''")]
    [InlineData("-Expires 1d12q")]
    [InlineData("-NotBefore ''")]
    public void An_empty_time_that_is_typed_is_a_mistake(string parameters)
    {
        Run("New-NatsOperator Rows | New-NatsAccount T | Out-Null");
        Reports("InvalidTime", $"New-NatsUser u -Account T -Operator Rows {parameters}");
        Reports("InvalidTime", $"New-NatsUser u -Account T -Operator Rows {parameters} -WhatIf");
    }

    [Fact]
    public void A_bearer_that_its_account_disallows_is_not_signed()
    {
        Run("$a = New-NatsOperator Bearers | New-NatsAccount T; $r = $a | Add-NatsSigningKey -Role bearer -BearerToken; New-NatsUser one -Account "
            + "$a -BearerToken | Out-Null; New-NatsUser two -Account $a -SigningKey bearer | Out-Null");
        string warning = Assert.Single(Run("$a | Set-NatsAccount -DisallowBearer").Warnings);
        Assert.Contains("T/one", warning, StringComparison.Ordinal);
        Assert.Contains("T/two", warning, StringComparison.Ordinal);
        Assert.Contains("trust.bearer", Reports("RuleBroken", "New-NatsUser three -Account $a -BearerToken"), StringComparison.Ordinal);
        Reports("RuleBroken", "New-NatsUser four -Account $a -SigningKey bearer");
        Run("Get-NatsUser one -Account $a | Set-NatsUser -BearerToken:$false");
    }

    [Theory]
    [InlineData("SAAK3EL5BW4ZOR7JVTXZ4TJ6RQBSOIXK27AFPPSY")]
    [InlineData("SAAK3EL5BW4ZOR7JVTXZ4TJ6RQ")]
    public void A_part_of_a_seed_is_not_shown(string cut)
    {
        Run("New-NatsOperator Cut | New-NatsAccount T | Out-Null");
        Assert.DoesNotContain(
            cut, Refuses("SigningKeyNotFound", $"New-NatsUser u -Account T -Operator Cut -SigningKey {cut}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_that_takes_long_shows_how_far_it_is()
    {
        RunResult result = Run(
            "$a = New-NatsOperator Slow | New-NatsAccount T; 1..6 | ForEach-Object { [System.Threading.Thread]::Sleep(250); [pscustomobject] @{ "
                + "Name = \"u$_\" } } | New-NatsUser -Account $a | Out-Null");
        Assert.Contains(result.Progress, record =>
            record.Activity == "New-NatsUser" && record.StatusDescription.Contains("u5", StringComparison.Ordinal));
        Assert.Contains(result.Progress, record => record.RecordType == System.Management.Automation.ProgressRecordType.Completed);
        Assert.Empty(Run("New-NatsUser quick -Account $a").Progress);
    }

    [Fact]
    public void Rows_set_permissions_and_limits_each_its_own()
    {
        Run(
            """
            New-NatsOperator Rows | New-NatsAccount T | Out-Null
            $made = [pscustomobject] @{ Name = 'a'; AllowPublish = 'foo.>; b,c'; MaxPayload = '64kb'; BearerToken = 'True'; ConnectionType = 'mqtt';
                ResponseTtl = '5s' },
                [pscustomobject] @{ Name = 'b'; AllowPublish = ''; DenySubscribe = @('x,y', 'z'); MaxPayload = $null; BearerToken = $false },
                [pscustomobject] @{ Name = 'c' } | New-NatsUser -Operator Rows -Account T -MaxData 5
            $p = $made.Permissions
            """);
        Holds(
            "($p[0].Pub.Allow -join ' ') -eq 'foo.> b c'",
            "$p[0].Payload -eq 65536",
            "$p[0].BearerToken",
            "$p[0].AllowedConnectionTypes -ceq 'MQTT'",
            "$p[0].Resp.Ttl -eq 5000000000");
        Holds(
            "-not $p[1].Pub.Allow.Count",
            "($p[1].Sub.Deny -join ' ') -eq 'x,y z'",
            "$p[1].Payload -eq -1",
            "-not $p[1].BearerToken");
        Holds(
            "-not $p[2].Pub.Allow.Count",
            "-not $p[2].Sub.Deny.Count",
            "($p.Data -join ' ') -eq '5 5 5'");
    }

    [Fact]
    public void A_parameter_that_is_typed_holds_for_every_row()
    {
        Run("New-NatsOperator Rows | New-NatsAccount T | Out-Null; $made = [pscustomobject] @{ Name = 'a'; AllowPublish = 'x' } | New-NatsUser "
            + "-Account T -Operator Rows -AllowPublish typed");
        Holds("($made.Permissions.Pub.Allow -join ' ') -eq 'typed'");
    }

    [Theory]
    [InlineData("InvalidClaims", "ConnectionType", "'pigeon'")]
    [InlineData("InvalidClaims", "AllowResponse", "'many'")]
    [InlineData("InvalidClaims", "AllowResponse", "0")]
    [InlineData("InvalidClaims", "BearerToken", "'perhaps'")]
    [InlineData("InvalidClaims", "AllowedTime", "'noon'")]
    [InlineData("InvalidClaims", "SigningKey", "'reader'")]
    [InlineData("InvalidClaims", "Key", "'x'")]
    [InlineData("InvalidClaims", "Store", "'elsewhere'")]
    [InlineData("InvalidLimit", "MaxPayload", "'5zb'")]
    public void A_column_that_cannot_be_taken_is_an_error_that_names_it_and_the_rest_goes_on(string errorId, string column, string cell)
    {
        Run("New-NatsOperator Rows | New-NatsAccount T | Out-Null");
        string message = Reports(
            errorId, $"$made = [pscustomobject] @{{ Name = 'bad'; {column} = {cell} }}, [pscustomobject] @{{ Name = 'good'; {column} = '' }} | "
                + "New-NatsUser -Account T -Operator Rows");
        Assert.Contains(errorId == "InvalidClaims" ? $"'{column}'" : "5zb", message, StringComparison.Ordinal);
        Holds("$made.Name -eq 'good'", "-not (Get-NatsUser bad -ErrorAction Ignore)");
    }

    [Theory]
    [InlineData("InputObjectMissingMandatory", "$a | New-NatsUser u -Account A")]
    [InlineData("InputObjectNotBound", "7 | New-NatsUser u -Account A")]
    [InlineData("InvalidClaims", "'text' | New-NatsUser u -Account A")]
    [InlineData("InputObjectNotBound", "New-NatsStore -InMemory | New-NatsOperator u")]
    public void What_is_no_row_is_not_taken_for_one(string errorId, string script)
    {
        Run("$a | Set-NatsAccount -Expires 3d");
        Reports(errorId, script);
    }
}
