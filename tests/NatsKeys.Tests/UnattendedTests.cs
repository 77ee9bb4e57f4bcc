namespace NatsKeys.Tests;

/// <summary>Where nobody can be asked, what needs a confirmation is an error that says what was to be confirmed, and how.</summary>
public sealed class UnattendedTests : ModuleTest
{
    private const string Prepare = "$o = New-NatsOperator O -GenerateSigningKey; $a = $o | New-NatsAccount A; $u = $a | New-NatsUser U; "
        + "$key = ($a | Add-NatsSigningKey -Role r).PublicKey; $null = Add-NatsExport x.> -Type Stream -Account A; ";

    [Theory]
    [InlineData("Remove-NatsUser U", "user O/A/U")]
    [InlineData("Remove-NatsAccount A -Recurse", "account O/A")]
    [InlineData("Remove-NatsOperator O -Recurse", "operator O")]
    [InlineData("Remove-NatsSigningKey r -Account A", "the role r (")]
    [InlineData("Update-NatsOperatorKey O", "operator O")]
    [InlineData("Remove-NatsKeyPair (Get-NatsUser U).Subject -Force", "private key (U")]
    [InlineData("Set-NatsUser U -AddTag t -Confirm", "user O/A/U")]
    [InlineData("Update-NatsSigningKey r -Account A -Confirm", "the role r (")]
    [InlineData("$ConfirmPreference = 'Low'; New-NatsUser V -Account A", "user O/A/V")]
    [InlineData("Add-NatsRevocation * -Account A", "all users up to")]
    [InlineData("Add-NatsRevocation -Export x.> -TargetAccount * -Account A", "activations of 'x.>' for all accounts")]
    public void What_was_to_be_confirmed_is_named_and_not_done(string script, string named)
    {
        Run(Prepare);
        string[] before = Snapshot();
        var error = Assert.Single(Session.Run(script).Errors);
        Assert.StartsWith("NotConfirmed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(named, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("not interactive", error.Exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Use -Confirm:$false to confirm it.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("", error.ErrorDetails.RecommendedAction);
        Assert.Equal(before, Snapshot());
    }

    /// <summary>Nobody is asked for what fails whatever the answer.</summary>
    [Theory]
    [InlineData("Remove-NatsAccount A", "EntityInUse", "O/A/U")]
    [InlineData("Remove-NatsOperator O", "EntityInUse", "O/A")]
    [InlineData("Set-NatsOperator O -SystemAccount A; Remove-NatsAccount A -Recurse", "EntityInUse", "system account")]
    public void What_cannot_be_removed_is_told_before_anybody_is_asked(string script, string errorId, string named)
    {
        Run(Prepare);
        var error = Assert.Single(Session.Run(script).Errors);
        Assert.StartsWith($"{errorId},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(named, error.Exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A leaked key is worse than clients that are cut off.</summary>
    [Fact]
    public void A_compromised_key_is_replaced_where_nobody_answers() =>
        Run(Prepare + "Update-NatsSigningKey r -Account A -Compromised -WarningAction Ignore; "
            + "if ((Get-NatsSigningKey r).PublicKey -eq $key) { throw }");
}
