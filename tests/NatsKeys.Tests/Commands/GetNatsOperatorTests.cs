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
    [InlineData("Get-NatsOperator two -Store $env:NATSKEYS_STORE", "Two")]
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
}
