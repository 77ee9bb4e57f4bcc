namespace NatsKeys.Tests;

/// <summary>An object is read and changed in its own store. A typed -Store that names another one is an error, and not ignored.</summary>
public sealed class NamedStoreTests : ModuleTest
{
    public NamedStoreTests() => Run(
        """
        $own = New-NatsStore ./own -KeyPath ./ownkeys
        $other = New-NatsStore ./other -KeyPath ./otherkeys
        foreach ($store in $own, $other) {
            $a = New-NatsOperator O -Store $store | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey
            $null = $a | New-NatsUser U
            $a | Add-NatsExport e.> Stream
        }
        """);

    [Theory]
    [InlineData("Get-NatsOperator -Store $own | New-NatsAccount B -Store $other")]
    [InlineData("Get-NatsAccount A -Store $own | New-NatsUser V -Store $other")]
    [InlineData("Get-NatsAccount A -Store $own | Set-NatsAccount -AddTag x -Store ./other")]
    [InlineData("Get-NatsUser U -Store $own | Set-NatsUser -AddTag x -Store $other")]
    [InlineData("Get-NatsUser U -Store $own | Remove-NatsUser -Store $other -Confirm:$false")]
    [InlineData("Get-NatsUser U -Store $own | Export-NatsCredential ./u.creds -Store $other")]
    [InlineData("Get-NatsAccount A -Store $own | Get-NatsUser -Store $other")]
    [InlineData("Set-NatsUser (Get-NatsUser -Store $own) -AddTag x -Store $other")]
    [InlineData("Get-NatsAccount A -Store $own | Get-NatsSigningKey | Remove-NatsSigningKey -Store $other -Confirm:$false")]
    [InlineData("Get-NatsExport -Store $own | Remove-NatsExport -Store $other")]
    [InlineData("Get-NatsAccount A -Store $own | Get-NatsSigningKey | New-NatsUser V -Store $other")]
    [InlineData("Get-NatsUser U -Store $own | Add-NatsRevocation -Store $other")]
    [InlineData("Get-NatsUser U -Store $own | Remove-NatsRevocation -Store $other")]
    [InlineData("Get-NatsUser U -Store $own | Get-NatsKeyPair -Store $other")]
    [InlineData("$PSDefaultParameterValues['Get-NatsUser:Store'] = './own'; Get-NatsUser U | Remove-NatsUser -Store $other -Confirm:$false")]
    [InlineData("$PSDefaultParameterValues['*-NatsUser:Store'] = './own'; Get-NatsUser U | Remove-NatsUser -Store $other -Confirm:$false")]
    public void An_object_of_another_store_is_refused(string script)
    {
        string[] before = Snapshot();
        string said = Reports("EntityAmbiguous", script);
        Assert.Contains("-Store names", said, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Get-NatsUser U -Store $own | Set-NatsUser -AddTag x -Store $own", "(Get-NatsUser U -Store $own).Tags -eq 'x'")]
    [InlineData("Get-NatsUser U -Store $own | Set-NatsUser -AddTag x -Store ./other/../own", "(Get-NatsUser U -Store $own).Tags -eq 'x'")]
    [InlineData("(Get-NatsUser U -Store $own).Name | Set-NatsUser -AddTag x -Store $other", "(Get-NatsUser U -Store $other).Tags -eq 'x'")]
    [InlineData("Get-NatsUser -Store $own | Select-Object Name, Account | Set-NatsUser -AddTag x -Store $other",
        "(Get-NatsUser U -Store $other).Tags -eq 'x'")]
    [InlineData("$PSDefaultParameterValues['*-Nats*:Store'] = './other'; Get-NatsUser U -Store $own | Set-NatsUser -AddTag x",
        "(Get-NatsUser U -Store $own).Tags -eq 'x'")]
    [InlineData("$PSDefaultParameterValues['Set-NatsUser : Sto*'] = $other; Get-NatsUser U -Store $own | Set-NatsUser -AddTag x",
        "(Get-NatsUser U -Store $own).Tags -eq 'x'")]
    public void The_same_store_and_a_default_are_accepted(string script, string outcome)
    {
        Run(script);
        Holds(outcome);
    }
}
