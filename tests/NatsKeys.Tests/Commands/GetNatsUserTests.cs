namespace NatsKeys.Tests.Commands;

public class GetNatsUserTests : ModuleTest
{
    public GetNatsUserTests() => Run(
        """
        $o = New-NatsOperator O2
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        'U', 'Ursula', 'V' | ForEach-Object { $a | New-NatsUser $_ | Out-Null }
        $b | New-NatsUser U | Out-Null
        New-NatsOperator Other | New-NatsAccount A | New-NatsUser W | Out-Null
        """);

    [Theory]
    [InlineData("Get-NatsUser", "O2/A/U O2/A/Ursula O2/A/V O2/B/U Other/A/W")]
    [InlineData("Get-NatsUser U", "O2/A/U O2/B/U")]
    [InlineData("Get-NatsUser u* -Account $a", "O2/A/U O2/A/Ursula")]
    [InlineData("Get-NatsUser -Account A -Operator Other", "Other/A/W")]
    [InlineData("Get-NatsUser -Operator Other", "Other/A/W")]
    [InlineData("Get-NatsUser W A -Operator Other", "Other/A/W")]
    [InlineData("Get-NatsUser A/U", "O2/A/U")]
    [InlineData("Get-NatsUser o2/b/u", "O2/B/U")]
    [InlineData("Get-NatsUser */U, Other/*/*", "O2/A/U O2/B/U Other/A/W")]
    [InlineData("Get-NatsUser (Get-NatsUser V).Subject", "O2/A/V")]
    [InlineData("Get-NatsUser -Name V, U -Account O2/A", "O2/A/V O2/A/U")]
    [InlineData("$b, $a | Get-NatsUser U", "O2/B/U O2/A/U")]
    [InlineData("'V', 'W' | Get-NatsUser", "O2/A/V Other/A/W")]
    [InlineData("'U' | Get-NatsUser -Account B", "O2/B/U")]
    [InlineData("'B' | Get-NatsUser U", "O2/B/U")]
    [InlineData("Get-NatsUser V | Get-NatsUser", "O2/A/V")]
    [InlineData("$a | Get-NatsUser (Get-NatsUser V)", "O2/A/V")]
    [InlineData("$a | Add-NatsSigningKey | Get-NatsUser V", "O2/A/V")]
    [InlineData("Get-NatsUser U -Account a*", "O2/A/U")]
    [InlineData("Get-NatsUser -Account O2/[b]", "O2/B/U")]
    [InlineData("Get-NatsUser -Operator O*r", "Other/A/W")]
    [InlineData("Get-NatsUser -Account none*", "")]
    [InlineData("Get-NatsUser U | Select-Object Name, Account, Operator | Get-NatsUser", "O2/A/U O2/B/U")]
    [InlineData("[pscustomobject] @{ Name = 'u*'; Account = 'B'; Operator = '' } | Get-NatsUser", "O2/B/U")]
    [InlineData("[pscustomobject] @{ Name = 'U'; Account = 'A' } | Get-NatsUser -Account B", "O2/B/U")]
    [InlineData("Get-NatsUser W -Store $storeRoot", "Other/A/W")]
    [InlineData("Get-NatsUser X*", "")]
    public void Users_are_given_by_name_and_wildcard(string script, string names) =>
        Assert.Equal(names, Value($"\"$(({script}).ForEach({{ $_.Operator + '/' + $_.Account + '/' + $_.Name }}))\""));

    [Fact]
    public void A_name_that_is_nowhere_is_one_error_that_names_it() =>
        Assert.Contains("None", Reports("EntityNotFound", "Get-NatsUser None, U"), StringComparison.Ordinal);

    [Fact]
    public void One_bad_account_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Reports("EntityNotFound", "$found = 'O2/A', 'O2/None', 'B' | Get-NatsUser U");
        Holds("\"$($found.Account)\" -eq 'A B'");
    }

    [Fact]
    public void An_operator_is_no_user_even_if_one_has_its_name()
    {
        Run("$a | New-NatsUser O2 | Out-Null");
        Reports("ParameterArgumentTransformationError", "$o | Get-NatsUser");
    }

    [Fact]
    public void A_name_of_several_accounts_needs_its_operator() => Reports("EntityAmbiguous", "Get-NatsUser U -Account A");

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_with_file_and_line_and_the_rest_goes_on()
    {
        string file = PathOf("store/O2/accounts/A/users/Ursula.yaml");
        File.WriteAllText(file, "kind: user\nname: Ursula\nclaims:\n\tsubs: 1\n");

        string message = Reports("InvalidYaml", "$found = $a | Get-NatsUser");

        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains("Line 4", message, StringComparison.Ordinal);
        Holds("\"$($found.Name)\" -eq 'U V'");
    }

    [Fact]
    public void An_account_that_cannot_be_read_does_not_hide_the_users_of_others()
    {
        File.WriteAllText(PathOf("store/O2/accounts/A/account.yaml"), "kind: account\nname: [\n");
        Reports("InvalidYaml", "$found = Get-NatsUser");
        Holds("\"$($found.Name)\" -eq 'U W'");
    }

    [Theory]
    [InlineData("B/V")]
    [InlineData("Other/A/U")]
    [InlineData("X/O2/A/U")]
    [InlineData("A/")]
    public void A_place_where_it_is_not_is_an_error(string name) =>
        Assert.Contains($"'{name}'", Reports("EntityNotFound", $"Get-NatsUser {name}"), StringComparison.Ordinal);

    [Fact]
    public void Brackets_are_what_they_are_where_a_name_has_them()
    {
        Run("$b | New-NatsUser 'x[1]' | Out-Null; $b | New-NatsUser x1 | Out-Null");
        Holds(
            "(Get-NatsUser 'x[1]').Name -ceq 'x[1]'",
            "(Get-NatsUser ([WildcardPattern]::Escape('x[1]'))).Name -ceq 'x[1]'",
            "(Get-NatsUser 'x[12]').Name -ceq 'x1'");
    }

    [Fact]
    public void What_the_view_shows_are_properties_and_those_of_a_role_are_the_role_s()
    {
        Run("$k = $a | Add-NatsSigningKey -Role r -AllowPublish x -DenySubscribe y -MaxPayload 5; $r = $a | New-NatsUser R -SigningKey r");
        Holds(
            "$r.AllowPublish -eq 'x'",
            "$r.DenySubscribe -eq 'y'",
            "$r.MaxPayload -eq 5");
        Holds(
            "$v = Get-NatsUser V; $v.MaxPayload -eq 'Unlimited'",
            "$v.MaxData -eq 'Unlimited'",
            "$v.MaxSubscriptions -eq 'Unlimited'",
            "-not $v.AllowPublish.Count",
            "-not $v.DenyPublish.Count",
            "-not $v.AllowSubscribe.Count");
        Holds(
            "$n = $a | New-NatsUser N -SourceNetwork 192.0.2.0/24 -ConnectionType MQTT; $n.SourceNetworks -eq '192.0.2.0/24'",
            "$n.ConnectionTypes -eq 'MQTT'");
    }

    /// <summary>Whoever opens the table looks for the name first.</summary>
    [Fact]
    public void The_name_is_the_first_column() => Holds(
        "(Get-NatsUser V | ConvertTo-Csv)[0].StartsWith('\"Name\",')",
        "@((Get-NatsUser V | ConvertTo-Json | ConvertFrom-Json).PSObject.Properties.Name)[0] -ceq 'Name'");
}
