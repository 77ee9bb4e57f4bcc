namespace NatsKeys.Tests.Commands;

public class GetNatsKeySourceTests : ModuleTest
{
    [Fact]
    public void The_key_root_of_the_store_comes_first()
    {
        Run("Register-NatsKeySource A");
        Holds(
            "$all = Get-NatsKeySource; ($all.Name -join ' ') -eq 'KeyRoot A'",
            "$all[0].Location -eq $keyRoot",
            "$all[0].HoldsSeeds");
        Holds("(Get-NatsKeySource KeyRoot -Store (New-NatsStore -InMemory)).Location -eq 'memory'");
    }

    [Theory]
    [InlineData("Get-NatsKeySource aBC", "ABC")]
    [InlineData("Get-NatsKeySource A*", "ABC ABD")]
    [InlineData("Get-NatsKeySource x*", "")]
    [InlineData("Get-NatsKeySource ABD, k*", "ABD KeyRoot")]
    [InlineData("'ABD', 'ABC' | Get-NatsKeySource", "ABD ABC")]
    public void Sources_are_named(string script, string expected)
    {
        Run("Register-NatsKeySource ABC, ABD");
        Assert.Equal(expected, string.Join(' ', Run(script).Output));
    }

    [Fact]
    public void A_name_that_is_not_there_is_an_error_and_the_rest_goes_on()
    {
        Run("Register-NatsKeySource ABC");
        Hosting.RunResult result = Session.Run("Get-NatsKeySource nobody, ABC");
        Assert.Equal(["KeySourceNotFound"], result.ErrorIds);
        Assert.Equal("ABC", result.Single.ToString());
    }

    [Fact]
    public void A_table_shows_them_in_120_columns()
    {
        Session.Columns = 120;
        string text = Session.RunText(
            "$k = New-NatsKeyPair Operator; Register-NatsKeySource -Signer { $_ } -PublicKey $k.PublicKey -Name kms; Register-NatsKeySource "
                + "-Vault v; Get-NatsKeySource");
        string key = ((string)Value("$k.PublicKey")!)[..12];
        Assert.Matches($@"(?m)^kms +Signer +False +{key}… +script block", text);
        Assert.Matches(@"(?m)^v +Vault +True +vault v, secrets '\{0\}'", text);
        Assert.Matches(@"(?m)^KeyRoot +KeyRoot +True ", text);
    }

    [Fact]
    public void Names_are_completed()
    {
        Run("Register-NatsKeySource ABC, ABD");
        Assert.Equal(["ABC", "ABD"], Session.Complete("Get-NatsKeySource A"));
        Assert.Equal(["ABC", "ABD"], Session.Complete("Unregister-NatsKeySource "));
    }

    [Fact]
    public void What_comes_as_an_object_is_itself()
    {
        Run("Register-NatsKeySource ABC; $s = New-NatsStore -InMemory");
        Holds("(($s | Get-NatsKeySource).Location -join ' ') -like 'memory *'", "($s | Get-NatsKeySource KeyRoot).Location -eq 'memory'");
        Holds("($s | Get-NatsKeySource KeyRoot | Get-NatsKeySource).Location -eq 'memory'");
        Reports("InputObjectNotBound", "New-NatsOperator ABC -Store $s | Get-NatsKeySource");
    }
}
