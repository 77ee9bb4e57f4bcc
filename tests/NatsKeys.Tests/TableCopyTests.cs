namespace NatsKeys.Tests;

/// <summary>A table of everything that a Get- cmdlet shows makes the same entities in another store, or sets what somebody changed in it.</summary>
public sealed class TableCopyTests : ModuleTest
{
    private const string Shown = "Select-Object * -ExcludeProperty Subject, Issuer, IssuerAccount, SignedBy, IssuedAt, SigningKeys, Roles, Exports, "
        + "Imports, JetStreamLimits | ConvertTo-Json";

    public TableCopyTests() => Run(
        """
        $o = New-NatsOperator O -GenerateSigningKey -ServiceUrl nats://a:4222, nats://b:4222
        $a = $o | New-NatsAccount A -MaxConnections 5 -Expires 2031-02-23T04:05:06Z -Tag x, y -AllowPublish a, b -DenySubscribe 'c q' `
            -AllowResponse 3 -ResponseTtl 90s -DisallowBearer
        $b = $o | New-NatsAccount B -Description 'a, b; c'
        $null = $a, $b | Add-NatsSigningKey -Role reader -AllowPublish 'x.{{name()}}' -MaxPayload 64KiB
        $null = $a | New-NatsUser U -Role reader -Tag x
        $null = $b | New-NatsUser V -AllowPublish a, b, 'c,d' -DenyPublish e -SourceNetwork 10.0.0.0/8, 192.0.2.0/24 -BearerToken -MaxPayload 5 `
            -AllowedTime 08:00-18:00 -Locale Europe/Berlin -ConnectionType MQTT, STANDARD -AllowResponse 2 -ResponseTtl 5s -NotBefore 2026-01-22
        $null = $b | New-NatsUser W -DenySubscribe z -Expires 2031-02-23T04:05:06Z
        $a | Add-NatsExport e.> Stream
        Get-NatsOperator | Export-Csv operators.csv
        Get-NatsAccount | Export-Csv accounts.csv
        Get-NatsUser | Export-Csv users.csv
        $other = New-NatsStore ./other -KeyPath ./otherkeys
        function changed([string] $table, [string] $name, [hashtable] $cells) {
            $row = Import-Csv $table | Where-Object Name -eq $name
            foreach ($column in $cells.Keys) { $row.$column = $cells[$column] }
            $row
        }
        """);

    [Fact]
    public void New_makes_what_Get_showed()
    {
        Run("$warned = @(); Import-Csv operators.csv | New-NatsOperator -Store $other -WarningAction Ignore | Out-Null");
        Run("Import-Csv accounts.csv | New-NatsAccount -Store $other -WarningVariable warned -WarningAction SilentlyContinue | Out-Null");
        Holds("@($warned -match 'created without').Count -eq 2", "\"$warned\" -match 'Exports'", "\"$warned\" -notmatch 'Imports'");
        Run("Get-NatsAccount -Operator (Get-NatsOperator -Store $other) | Add-NatsSigningKey -Role reader -AllowPublish 'x.{{name()}}' -MaxPayload "
            + "64KiB | Out-Null; Import-Csv users.csv | New-NatsUser -Store $other -WarningVariable warned | Out-Null");
        Holds("-not ($warned -match 'created without')");
        foreach (string get in (string[])["Get-NatsOperator", "Get-NatsAccount", "Get-NatsUser"])
        {
            Assert.Equal(Value($"{get} | {Shown}"), Value($"{get} -Store $other | {Shown}"));
        }

        Holds("-not (Compare-Object @((Get-NatsUser).Subject) @((Get-NatsUser -Store $other).Subject) -IncludeEqual -ExcludeDifferent)");
        Run("Import-Csv users.csv | New-NatsUser -Store $other -IfExists Update | Out-Null");
        Assert.Equal(Value($"Get-NatsUser | {Shown}"), Value($"Get-NatsUser -Store $other | {Shown}"));
    }

    [Fact]
    public void A_role_that_permits_something_else_is_not_taken_for_the_same()
    {
        Run("$null = New-NatsOperator O -Store $other | New-NatsAccount A | Add-NatsSigningKey -Role reader -AllowPublish y");
        Assert.Contains(
            "'reader'",
            Reports("SigningKeyNotAllowed", "Import-Csv users.csv | Where-Object Name -eq U | New-NatsUser -Store $other"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_whose_role_was_removed_does_not_get_all_permissions()
    {
        Run("$null = New-NatsOperator O -Store $other | New-NatsAccount A");
        Run("Remove-NatsSigningKey reader -Account A -Confirm:$false -WarningAction Ignore");
        string said = Reports("InvalidClaims", "Get-NatsUser U | Export-Csv now.csv; Import-Csv now.csv | New-NatsUser -Store $other");
        Assert.Contains("Untrusted", said, StringComparison.Ordinal);
        Holds("@(Get-NatsUser -Store $other).Count -eq 0");
    }

    [Fact]
    public void New_takes_the_columns_of_the_view()
    {
        const string View = "Get-NatsUser W | Select-Object Name, Account, Role, State, Expires, Tags";
        Run("$null = New-NatsOperator O -Store $other | New-NatsAccount B");
        Run($"{View} | New-NatsUser -Store $other");
        Holds("(Get-NatsUser W -Store $other).Expires -eq (Get-NatsUser W).Expires");
        Reports("InvalidClaims", $"{View} | ForEach-Object {{ $_.Name = 'X'; $_.State = 'Revoked'; $_ }} | New-NatsUser -Store $other");
    }

    [Theory]
    [InlineData("Import-Csv operators.csv | Set-NatsOperator")]
    [InlineData("Import-Csv accounts.csv | Set-NatsAccount")]
    [InlineData("Import-Csv users.csv | Set-NatsUser")]
    public void Set_changes_nothing_by_what_Get_showed(string script)
    {
        string[] before = Snapshot();
        Run(script);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("changed accounts.csv A @{ MaxConnections = '7' } | Set-NatsAccount", "(Get-NatsAccount A).MaxConnections -eq 7")]
    [InlineData("changed users.csv W @{ Publish = 'allow z' } | Set-NatsUser", "(Get-NatsUser W).Publish -eq 'allow z'")]
    [InlineData("changed users.csv V @{ AllowPublish = 'z'; Publish = 'allow z; deny e' } | Set-NatsUser",
        "(Get-NatsUser V).Publish -eq 'allow z; deny e'")]
    [InlineData("changed accounts.csv A @{ DefaultPublish = 'allow z; deny y' } | Set-NatsAccount",
        "(Get-NatsAccount A).DefaultPublish -eq 'allow z; deny y'")]
    [InlineData("changed accounts.csv A @{ Tags = 'z' } | Set-NatsAccount -AddTag w", "\"$((Get-NatsAccount A).Tags)\" -eq 'z w'")]
    [InlineData("changed users.csv V @{ BearerToken = 'False'; Expires = '2030-01-01' } | Set-NatsUser",
        "-not (Get-NatsUser V).BearerToken -and (Get-NatsUser V).Expires -eq [datetimeoffset] '2030-01-01T00:00:00Z'")]
    [InlineData("changed users.csv V @{ SourceNetworks = '192.0.2.0/24'; TimeZone = 'Europe/Paris' } | Set-NatsUser",
        "\"$((Get-NatsUser V).SourceNetworks) $((Get-NatsUser V).TimeZone)\" -eq '192.0.2.0/24 Europe/Paris'")]
    [InlineData("changed users.csv V @{ SourceNetworks = '192.0.2.0/24;10.0.0.0/8' } | Set-NatsUser",
        "\"$((Get-NatsUser V).SourceNetworks)\" -eq '192.0.2.0/24 10.0.0.0/8'")]
    [InlineData("changed users.csv V @{ Responses = '9 within 5s' } | Set-NatsUser", "(Get-NatsUser V).Responses -eq '9 within 5s'")]
    [InlineData("[pscustomobject] @{ Name = 'W'; AllowPublish = 'f;g'; MaxPayload = '1kb' } | Set-NatsUser",
        "\"$((Get-NatsUser W).Publish) $((Get-NatsUser W).MaxPayload)\" -eq 'allow f, g 1024'")]
    [InlineData("[pscustomobject] @{ Name = 'W'; AllowPublish = '' } | Set-NatsUser -AddTag t", "(Get-NatsUser W).Publish -eq 'All'")]
    public void Set_sets_what_was_changed_in_the_table(string script, string outcome)
    {
        Run(script);
        Holds(outcome);
    }

    [Theory]
    [InlineData("changed accounts.csv A @{ Exports = '' } | Set-NatsAccount", null)]
    [InlineData("changed accounts.csv A @{ Exports = 'stream f.> (public)' } | Set-NatsAccount", "'Exports'")]
    [InlineData("changed accounts.csv A @{ Audience = 'x'; SigningKeys = 'y' } | Set-NatsAccount -AddTag new", "'Audience', 'SigningKeys'")]
    [InlineData("changed users.csv W @{ Subject = (Get-NatsUser V).Subject } | Set-NatsUser", "'Subject'")]
    [InlineData("changed users.csv W @{ State = 'Revoked' } | Set-NatsUser", "'State'")]
    [InlineData("changed operators.csv O @{ SigningKeys = 'x' } | Set-NatsOperator", "'SigningKeys'")]
    [InlineData("Import-Csv operators.csv | Set-NatsOperator -AddTag new; Import-Csv accounts.csv | Set-NatsAccount -AddTag new", null)]
    [InlineData("Get-NatsUser | Select-Object * | Set-NatsUser -AddTag new", null)]
    [InlineData("Get-NatsAccount | Select-Object * | Set-NatsAccount -AddTag new", null)]
    [InlineData("Get-NatsAccount | ConvertTo-Json | ConvertFrom-Json | Set-NatsAccount -AddTag new", null)]
    public void Set_names_what_differs_and_is_not_set(string script, string? columns)
    {
        Run($"{script} -WarningVariable warned -WarningAction SilentlyContinue");
        Holds(columns is null ? "$warned.Count -eq 0" : $"[string] $warned -match \"{columns}\"");
    }

    /// <summary>Export-Csv writes times in the form of the session's language.</summary>
    [Theory]
    [InlineData("11/23/2025 10:00:00 +00:00", "04/03/2031 10:00:00 +00:00", "2031-04-03T10:00:00Z")]
    [InlineData("23/11/2025 10:00:00 +00:00", "04/03/2031 10:00:00 +00:00", "2031-03-04T10:00:00Z")]
    [InlineData("04/03/2025 10:00:00 +00:00", "23/03/2031 10:00:00 +00:00", "2031-03-23T10:00:00Z")]
    [InlineData("01/02/2025 10:00:00 +00:00", "05/05/2031 10:00:00 +00:00", "2031-05-05T10:00:00Z")]
    [InlineData("01/02/2025 10:00:00 +00:00", "2031-05-06", "2031-05-06T00:00:00Z")]
    public void A_time_of_a_table_is_read_as_the_other_times_of_its_row(string issued, string expires, string expected)
    {
        Run($"changed users.csv W @{{ IssuedAt = '{issued}'; Expires = '{expires}' }} | Set-NatsUser");
        Holds($"(Get-NatsUser W).Expires -eq [datetimeoffset] '{expected}'");
    }

    /// <summary>What the entity has shows in which order the table writes day and month, on every day of a month.</summary>
    [Theory]
    [InlineData("03/04/2031 10:00:00 +00:00", "", "2031-03-04T10:00:00Z")]
    [InlineData("04/03/2031 10:00:00 +00:00", "", "2031-03-04T10:00:00Z")]
    [InlineData("03/04/2031 11:00:00 +01:00", "", "2031-03-04T10:00:00Z")]
    [InlineData("05/04/2031 10:00:00 +00:00", "02/01/2026 00:00:00 +00:00", "2031-05-04T10:00:00Z")]
    [InlineData("05/04/2031 10:00:00 +00:00", "01/02/2026 00:00:00 +00:00", "2031-04-05T10:00:00Z")]
    public void A_time_of_a_table_is_read_as_the_entity_has_it(string expires, string notBefore, string expected)
    {
        Run("Set-NatsUser W -Expires 2031-03-04T10:00:00Z -NotBefore 2026-02-01");
        Run($"[pscustomobject] @{{ Name = 'W'; Expires = '{expires}'; NotBefore = '{notBefore}' }} | Set-NatsUser -AddTag x");
        Holds(
            $"(Get-NatsUser W).Expires -eq [datetimeoffset] '{expected}'",
            "(Get-NatsUser W).NotBefore -eq [datetimeoffset] '2026-02-01T00:00:00Z'");
    }

    /// <summary>Two times of the entity that speak for different orders speak for none.</summary>
    [Theory]
    [InlineData("05/04/2031 10:00:00 +00:00", "03/01/2026 00:00:00 +00:00")]
    [InlineData("03/04/2031 10:00:00 +00:00", "01/02/2026 00:00:00 +00:00")]
    public void A_time_of_a_table_that_the_entity_does_not_explain_is_refused(string expires, string notBefore)
    {
        Run("Set-NatsUser W -Expires 2031-03-04T10:00:00Z -NotBefore 2026-02-01");
        Reports("InvalidTime", $"[pscustomobject] @{{ Name = 'W'; Expires = '{expires}'; NotBefore = '{notBefore}' }} | Set-NatsUser");
    }

    [Theory]
    [InlineData("changed users.csv W @{ IssuedAt = '01/02/2025 10:00:00 +00:00'; Expires = '04/03/2031 10:00:00 +00:00' } | Set-NatsUser",
        "InvalidTime", "the day or with the month")]
    [InlineData("Import-Csv accounts.csv | Select-Object -First 1 | New-NatsUser -Account A", "InvalidClaims", "'Kind'")]
    [InlineData("changed users.csv W @{ DenySubscribe = 'secret,private'; Subscribe = '' } | Set-NatsUser", "InvalidClaims", "how many")]
    [InlineData("changed users.csv W @{ DenySubscribe = 'secret,private' } | Set-NatsUser", "InvalidClaims", "'Subscribe'")]
    [InlineData("changed users.csv W @{ Tags = 'x;y' } | Set-NatsUser", "InvalidClaims", "how many")]
    [InlineData("changed users.csv W @{ Tags = 'x;y' } | New-NatsUser -Store $other", "InvalidClaims", "how many")]
    [InlineData("Import-Csv accounts.csv | Select-Object -First 1 | Remove-NatsUser -Confirm:$false", "InvalidClaims", "'Kind'")]
    [InlineData("changed users.csv U @{ Role = 'writer' } | Set-NatsUser", "KeyNotFound", "'writer'")]
    [InlineData("changed users.csv U @{ AllowPublish = 'y'; Publish = '' } | Set-NatsUser", "SigningKeyNotAllowed", "'reader'")]
    [InlineData("changed users.csv V @{ Publish = 'allow z' } | Set-NatsUser", "InvalidClaims", "'Publish'")]
    [InlineData("changed users.csv V @{ AllowPublish = 'z' } | Set-NatsUser", "InvalidClaims", "'Publish'")]
    [InlineData("changed users.csv V @{ Publish = 'All' } | New-NatsUser -Store $other", "InvalidClaims", "'Publish'")]
    [InlineData("[pscustomobject] @{ Name = 'N'; Account = 'A'; Issuer = 'x' } | New-NatsUser", "InvalidClaims", "'Issuer'")]
    [InlineData("[pscustomobject] @{ Name = 'N'; Account = 'A'; Publish = 'x' } | New-NatsUser", "InvalidClaims", "'Publish'")]
    [InlineData("Get-NatsOperator | Export-Csv o.csv; Import-Csv o.csv | Set-NatsAccount", "InvalidClaims", "'Kind'")]
    public void A_row_of_something_else_is_refused(string script, string errorId, string text)
    {
        Run("Get-NatsOperator | Export-Csv o.csv");
        string[] before = Snapshot();
        Assert.Contains(text, Reports(errorId, script), StringComparison.Ordinal);
        Assert.Equal(before.Where(file => !file.Contains("o.csv", StringComparison.Ordinal)), Snapshot().Where(
            file => !file.Contains("o.csv", StringComparison.Ordinal)));
    }
}
