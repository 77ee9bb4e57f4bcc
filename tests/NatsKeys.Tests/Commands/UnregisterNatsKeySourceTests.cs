namespace NatsKeys.Tests.Commands;

public class UnregisterNatsKeySourceTests : ModuleTest
{
    public UnregisterNatsKeySourceTests() => Run("Register-NatsKeySource ABC, ABD; Register-NatsKeySource -Vault v");

    [Theory]
    [InlineData("Unregister-NatsKeySource abc", "ABD v")]
    [InlineData("Unregister-NatsKeySource A*", "v")]
    [InlineData("Unregister-NatsKeySource *", "")]
    [InlineData("'ABC', 'v' | Unregister-NatsKeySource", "ABD")]
    [InlineData("Get-NatsKeySource A* | Unregister-NatsKeySource", "v")]
    [InlineData("Unregister-NatsKeySource x*", "ABC ABD v")]
    [InlineData("Unregister-NatsKeySource * -WhatIf", "ABC ABD v")]
    public void Sources_are_taken_away(string script, string left)
    {
        Assert.Empty(Run(script).Output);
        Assert.Equal(left, string.Join(' ', Run("(Get-NatsKeySource).Where({ $_.Kind -ne 'KeyRoot' })").Output));
    }

    [Fact]
    public void What_was_taken_away_is_given_with_PassThru() => Holds("(Unregister-NatsKeySource A* -PassThru).Name -join ' ' -eq 'ABC ABD'");

    [Theory]
    [InlineData("nobody", "'nobody'")]
    [InlineData("KeyRoot", "the key root")]
    public void What_is_not_registered_is_an_error_and_the_rest_goes_on(string name, string named)
    {
        Assert.Contains(
            named, Reports("KeySourceNotFound", $"Unregister-NatsKeySource {name}, ABC"), StringComparison.OrdinalIgnoreCase);
        Holds("((Get-NatsKeySource).Name -join ' ') -eq 'KeyRoot ABD v'");
    }
}
