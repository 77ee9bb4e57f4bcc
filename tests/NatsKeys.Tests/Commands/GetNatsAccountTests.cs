namespace NatsKeys.Tests.Commands;

public class GetNatsAccountTests : ModuleTest
{
    public GetNatsAccountTests() => Run(
        """
        $o = New-NatsOperator O2
        'A', 'B', 'Billing' | ForEach-Object { $o | New-NatsAccount $_ | Out-Null }
        $other = New-NatsOperator Other
        $other | New-NatsAccount A | Out-Null
        """);

    [Theory]
    [InlineData("Get-NatsAccount", "O2/A O2/B O2/Billing Other/A")]
    [InlineData("Get-NatsAccount A", "O2/A Other/A")]
    [InlineData("Get-NatsAccount b* -Operator O2", "O2/B O2/Billing")]
    [InlineData("Get-NatsAccount -Name A, B -Operator $o", "O2/A O2/B")]
    [InlineData("$other | Get-NatsAccount", "Other/A")]
    [InlineData("'Other', 'O2' | Get-NatsAccount A", "Other/A O2/A")]
    [InlineData("'B', 'Other/A' | Get-NatsAccount", "O2/B Other/A")]
    [InlineData("Get-NatsAccount B | Get-NatsAccount", "O2/B")]
    [InlineData("Get-NatsAccount b* -Operator O*", "O2/B O2/Billing")]
    [InlineData("Get-NatsAccount A | Select-Object Name, Operator | Get-NatsAccount", "O2/A Other/A")]
    [InlineData("Get-NatsAccount B -Store $storeRoot", "O2/B")]
    [InlineData("Get-NatsAccount X*", "")]
    public void Accounts_are_given_by_name_and_wildcard(string script, string names) =>
        Assert.Equal(names, Value($"\"$(({script}).ForEach({{ $_.Operator + '/' + $_.Name }}))\""));

    [Fact]
    public void A_name_that_is_nowhere_is_one_error_that_names_it()
    {
        Assert.Contains("None", Reports("EntityNotFound", "$found = Get-NatsAccount None, B"), StringComparison.Ordinal);
        Holds("$found.Name -eq 'B'");
    }

    [Fact]
    public void One_bad_operator_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Reports("EntityNotFound", "$found = 'O2', 'None', 'Other' | Get-NatsAccount A");
        Holds("\"$($found.Operator)\" -eq 'O2 Other'");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_with_file_and_line_and_the_rest_goes_on()
    {
        File.WriteAllText(PathOf("store/O2/accounts/B/account.yaml"), "kind: account\nname: B\nsubject: nonsense\n");

        string message = Reports("InvalidYaml", "$found = Get-NatsAccount -Operator O2");

        Assert.Contains(PathOf("store/O2/accounts/B/account.yaml"), message, StringComparison.Ordinal);
        Assert.Contains("Line 3", message, StringComparison.Ordinal);
        Holds("\"$($found.Name)\" -eq 'A Billing'");
    }

    [Fact]
    public void An_operator_that_cannot_be_read_does_not_hide_the_accounts_of_others()
    {
        File.WriteAllText(PathOf("store/O2/operator.yaml"), "kind: operator\nname: [\n");
        Reports("InvalidYaml", "$found = Get-NatsAccount");
        Holds("$found.Operator -eq 'Other'");
    }

    [Fact]
    public void The_account_of_a_signing_key_in_the_pipeline_is_that_of_its_operator()
    {
        Run("$k = $other | Add-NatsSigningKey");
        Holds("($k | Get-NatsAccount).Operator -eq 'Other'");
    }

    [Fact]
    public void What_an_account_has_several_of_can_be_indexed()
    {
        Run(
            """
            $o = New-NatsOperator Lists; $a = $o | New-NatsAccount L; $b = $o | New-NatsAccount M; $u = $a | New-NatsUser U
            'x', 'y' | ForEach-Object { $a | Add-NatsSigningKey | Out-Null; $o | Add-NatsSigningKey | Out-Null; $b | Add-NatsExport $_ Stream; $a |
                Add-NatsImport $_ -From $b; $a | Add-NatsSubjectMapping "m$_" n }
            $a | Set-NatsJetStreamLimit R1 -MaxDisk 1; $a | Set-NatsJetStreamLimit R3 -MaxDisk 1
            $u | Add-NatsRevocation; Add-NatsRevocation -Confirm:$false * -Account $a
            $a = Get-NatsAccount L -Operator Lists; $b = Get-NatsAccount M -Operator Lists
            """);
        Holds(
            "$b.Exports[1].Subject -eq 'y'",
            "$a.Imports[1].Subject -eq 'y'",
            "$a.SubjectMappings[1].Subject -eq 'my'",
            "$a.JetStreamLimits[1].Tier -eq 'R3'",
            "$a.Revocations[0].PublicKey -eq '*'");
        Holds(
            "$a.SigningKeys[1].PublicKey -ne $a.SigningKeys[0].PublicKey",
            "(Get-NatsOperator Lists).SigningKeys[1].PublicKey.Length -eq 56",
            "(ConvertFrom-NatsJwt $a.Jwt).SigningKeys[1].Length -eq 56");
    }

    [Theory]
    [InlineData("MaxConnections", "5", "5")]
    [InlineData("MaxLeafNodes", "6", "6")]
    [InlineData("MaxData", "1kb", "1024")]
    [InlineData("MaxExports", "7", "7")]
    [InlineData("MaxImports", "8", "8")]
    [InlineData("MaxPayload", "9", "9")]
    [InlineData("MaxSubscriptions", "10", "10")]
    [InlineData("Description", "what", "what")]
    [InlineData("DisallowBearer", "", "True")]
    [InlineData("AllowWildcardExports:$false", "", "False")]
    public void What_is_set_by_a_parameter_is_a_property_of_its_name(string parameter, string value, string shown)
    {
        Run($"Set-NatsAccount B -{parameter} {value}");
        Holds($"\"$((Get-NatsAccount O2/B).{parameter.Split(':')[0]})\" -eq '{shown}'");
    }
}
