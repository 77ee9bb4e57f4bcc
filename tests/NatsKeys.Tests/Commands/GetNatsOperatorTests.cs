namespace NatsKeys.Tests.Commands;

public class GetNatsOperatorTests : ModuleTest
{
    public GetNatsOperatorTests() => Run("'One', 'Two', 'Other' | ForEach-Object { New-NatsOperator $_ | Out-Null }");

    [Theory]
    [InlineData("Get-NatsOperator", "One Other Two")]
    [InlineData("Get-NatsOperator O*", "One Other")]
    [InlineData("Get-NatsOperator o*", "One Other")]
    [InlineData("Get-NatsOperator -Name Two, O?e", "Two One")]
    [InlineData("'Two', 'One' | Get-NatsOperator", "Two One")]
    [InlineData("Get-NatsOperator two -Store $storeRoot", "Two")]
    [InlineData("Get-NatsOperator X*", "")]
    public void Operators_are_given_by_name_and_wildcard(string script, string names) =>
        Assert.Equal(names, Value($"\"$(({script}).Name)\""));

    [Fact]
    public void A_store_without_operators_gives_none_and_no_error() =>
        Assert.Empty(Run("Get-NatsOperator -Store (New-NatsStore -InMemory)").Output);

    [Fact]
    public void A_name_that_is_not_there_is_an_error_that_names_it_and_the_rest_goes_on()
    {
        Assert.Contains("None", Reports("EntityNotFound", "$found = Get-NatsOperator One, None, Two"), StringComparison.Ordinal);
        Holds("\"$($found.Name)\" -eq 'One Two'");
        Reports("EntityNotFound", "'One', '../One' | Get-NatsOperator");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_with_file_and_line_and_the_rest_goes_on()
    {
        File.AppendAllText(PathOf("store/Other/operator.yaml"), "broken: [\n");

        string message = Reports("InvalidYaml", "$found = Get-NatsOperator");

        Assert.Contains(PathOf("store/Other/operator.yaml"), message, StringComparison.Ordinal);
        Assert.Matches("Line [0-9]+", message);
        Holds("\"$($found.Name)\" -eq 'One Two'");
    }

    [Theory]
    [InlineData("$o | Get-NatsOperator")]
    [InlineData("$o | Get-NatsOperator -Store $s")]
    [InlineData("Get-NatsOperator $o")]
    [InlineData("$k | Get-NatsOperator")]
    [InlineData("$s | Get-NatsOperator")]
    [InlineData("$s | Get-NatsOperator O*")]
    public void What_comes_as_an_object_is_of_its_own_store(string script)
    {
        Run("$s = New-NatsStore -InMemory; $o = New-NatsOperator One -Store $s; $k = $o | Add-NatsSigningKey");
        Holds(
            $"$found = @({script}); $found.Count -eq 1",
            "$found[0].Subject -eq $o.Subject",
            "$found[0].SigningKeys.Count -eq 1");
    }

    [Fact]
    public void Several_stores_are_read_one_after_the_other()
    {
        Run("$s = New-NatsStore -InMemory; $o = New-NatsOperator One -Store $s");
        Holds(
            "$found = $s, (Get-NatsStore), $s | Get-NatsOperator One; $found.Count -eq 3",
            "$found[0].Subject -eq $o.Subject",
            "$found[1].Subject -ne $o.Subject",
            "$found[2].Subject -eq $o.Subject");
    }

    [Fact]
    public void An_object_that_is_no_operator_is_not_taken_for_a_name() =>
        Reports("ParameterArgumentTransformationError",
            "$a = New-NatsOperator O -Store (New-NatsStore -InMemory) | New-NatsAccount One; $a | Get-NatsOperator");
}
