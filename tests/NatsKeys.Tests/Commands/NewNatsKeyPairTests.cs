namespace NatsKeys.Tests.Commands;

public class NewNatsKeyPairTests : ModuleTest
{
    [Theory]
    [InlineData("Operator", "O")]
    [InlineData("Account", "A")]
    [InlineData("User", "U")]
    [InlineData("Server", "N")]
    [InlineData("Cluster", "C")]
    [InlineData("Curve", "X")]
    public void A_key_of_the_type_is_made_and_kept_nowhere(string type, string letter)
    {
        Run($"$k = New-NatsKeyPair -Type {type}");

        Holds($"$k.Type -eq '{type}' -and $k.HasSeed -and $k.PublicKey -cmatch '^{letter}[A-Z2-7]{{55}}$'");
        Holds("\"$k\" -eq $k.PublicKey");
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void Every_key_is_another() => Holds("(New-NatsKeyPair User).PublicKey -ne (New-NatsKeyPair User).PublicKey");

    [Fact]
    public void An_unknown_type_is_an_error() =>
        Assert.Contains("Curve", Ends("New-NatsKeyPair Stranger").Message, StringComparison.Ordinal);

    [Fact]
    public void A_number_that_is_no_type_is_an_error() => Ends("New-NatsKeyPair 3");

    [Fact]
    public void WhatIf_makes_no_key() => Assert.Empty(LeavesFilesAlone("New-NatsKeyPair User -WhatIf").Output);

    [Fact]
    public void The_default_view_has_the_public_key_and_not_the_seed()
    {
        string text = Session.RunText("$k = New-NatsKeyPair User; $k; $k | Format-List *; $k | Format-List * -Force");
        Assert.Contains((string)Value("$k.PublicKey")!, text, StringComparison.Ordinal);
        Assert.DoesNotMatch("S[OAU][A-Z2-7]{56}", text);
    }
}
