namespace NatsKeys.Tests;

/// <summary>The advice of an error fits its case: it names the cmdlet or the parameter that helps there, and no other.</summary>
public sealed class AdviceByCaseTests : ModuleTest
{
    private const string Prepare = "$a = New-NatsOperator O | New-NatsAccount A; $null = $a | Add-NatsSigningKey -Role sensor; "
        + "$null = $a | Add-NatsSigningKey -Role 'my role'; $null = $a | New-NatsUser dev-1 -Role sensor; "
        + "$null = $a | New-NatsUser dev-2 -Role 'my role'; $null = $a | New-NatsUser plain; ";

    [Theory]
    [InlineData("New-NatsAccount a")]
    [InlineData("New-NatsUser u -Account a")]
    [InlineData("Publish-NatsAccount")]
    [InlineData("Set-NatsOperator O -AddTag t")]
    [InlineData("$null = New-NatsStore s; Get-NatsUser u -Store s")]
    public void An_empty_store_needs_an_operator(string script) => Says(script, "New-NatsOperator");

    [Fact]
    public void A_store_without_accounts_needs_one() => Says("$null = New-NatsOperator O; New-NatsUser u", "New-NatsAccount");

    [Theory]
    [InlineData("New-NatsUser x -Account A -Role senser")]
    [InlineData("Set-NatsSigningKey senser -Account A -AllowPublish c")]
    [InlineData("Set-NatsSigningKey senser -AllowPublish c")]
    [InlineData("Update-NatsSigningKey senser -Account A")]
    [InlineData("Get-NatsSigningKey senser")]
    [InlineData("Get-NatsKeyUsage senser")]
    [InlineData("Get-NatsUser dev1")]
    [InlineData("Set-NatsUser dev1 -AddTag t")]
    [InlineData("$null = $a | Add-NatsExport exp Stream; Get-NatsExport epx")]
    public void Nothing_more_is_said_after_a_suggestion(string script)
    {
        var error = Assert.Single(Session.Run(Prepare + script).Errors);
        Assert.Contains("Did you mean '", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("", error.ErrorDetails.RecommendedAction);
        Assert.DoesNotContain("Nats", error.Exception.Message.Split("Did you mean")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-NatsUser x -Account A -Role nothing", "The roles are: 'my role', 'sensor'.")]
    [InlineData("Set-NatsSigningKey nothing -AllowPublish c", "The roles are: 'my role', 'sensor'.")]
    [InlineData("Update-NatsSigningKey nothing -Account A", "The roles are: 'my role', 'sensor'.")]
    [InlineData("Remove-NatsSigningKey nothing -Account A -Confirm:$false", "The roles are: 'my role', 'sensor'.")]
    [InlineData("Get-NatsKeyUsage nothing", "The roles are: 'my role', 'sensor'.")]
    [InlineData("Update-NatsSigningKey (New-NatsKeyPair Account).PublicKey -Account A", "Get-NatsSigningKey")]
    [InlineData("New-NatsServerConfig ./n.conf -Resolver Full", "New-NatsAccount", "Set-NatsOperator -SystemAccount")]
    [InlineData("Set-NatsUser plain -Locale Berlin", "Europe/Berlin")]
    [InlineData("Set-NatsUser plain -AllowedTime 8-18", "08:00:00")]
    [InlineData("$null = New-NatsAccount B; Add-NatsExport x.> Stream -Account A; New-NatsActivation x.> -Account A -TargetAccount B",
        "import it without one")]
    [InlineData("New-NatsKeyPair User -Prefix 01", "-Prefix")]
    [InlineData("New-NatsUser plain -Account A", "-IfExists")]
    [InlineData("Remove-NatsImport x -Account A", "Get-NatsImport")]
    [InlineData("Set-NatsImport x -Account A -Name n", "Get-NatsImport")]
    [InlineData("Remove-NatsExport x -Account A", "Get-NatsExport")]
    [InlineData("Set-NatsExport x -Account A -Description d", "Get-NatsExport")]
    [InlineData("Remove-NatsSubjectMapping x -Account A", "Get-NatsSubjectMapping")]
    [InlineData("Remove-NatsRevocation plain -Account A", "Get-NatsRevocation")]
    [InlineData("Get-NatsExport nothing", "Get-NatsExport")]
    [InlineData("Get-NatsImport nothing", "Get-NatsImport")]
    [InlineData("Set-NatsUser dev-1 -AddAllowPublish x.y", "'sensor'", "Set-NatsSigningKey sensor.")]
    [InlineData("Set-NatsUser dev-2 -AllowPublish x.y", "Set-NatsSigningKey 'my role'.")]
    [InlineData("New-NatsUser x -Account A -Role sensor -AllowPublish y", "Set-NatsSigningKey sensor.")]
    public void What_helps_is_named(string script, params string[] named) => Says(Prepare + script, named);

    /// <summary>The engine would say that a text cannot be converted to a type of .NET.</summary>
    [Theory]
    [InlineData("Set-NatsUser plain -Permission 'orders.>'")]
    [InlineData("Set-NatsAccount A -Permission 'orders.>', (New-NatsPermission -Request x)")]
    public void A_text_is_no_permission(string script)
    {
        string told = Session.RunText(Prepare + script);
        Assert.Contains("New-NatsPermission", told, StringComparison.Ordinal);
        Assert.Contains("-AllowPublish", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-NatsUser 'a b/c' -Account A", "refix")]
    [InlineData("Rename-NatsUser plain -NewName dev-1", "IfExists")]
    [InlineData("New-NatsUser plain -Account A; New-NatsKeyPair User -Prefix 01", "Choose another name.")]
    public void What_does_not_help_is_not_named(string script, string other)
    {
        var error = Session.Run(Prepare + script).Errors[^1];
        Assert.DoesNotContain(other, $"{error.Exception.Message} {error.ErrorDetails.RecommendedAction}", StringComparison.Ordinal);
    }

    /// <summary>A column that is suggested is one that the cmdlet takes.</summary>
    [Theory]
    [InlineData("Expire", "Expires")]
    [InlineData("ValidUntil", "Expires")]
    [InlineData("Labels", "Tag")]
    [InlineData("Tagz", "Tags")]
    public void A_suggested_column_is_taken(string column, string meant)
    {
        string row = "[pscustomobject]@{ Name = 'plain'; Account = 'A'; '{0}' = '2099-06-01' } | Set-NatsUser";
        string message = Reports("InvalidClaims", Prepare + row.Replace("{0}", column, StringComparison.Ordinal));
        Assert.Contains($"Did you mean '{meant}'?", message, StringComparison.Ordinal);
        Run(row.Replace("{0}", meant, StringComparison.Ordinal));
        Holds("$p = Get-NatsUser plain; \"$($p.Tags) $($p.Expires)\" -match '2099-06-01|06/01/2099'");
    }

    [Theory]
    [InlineData("Descriptio", "-Description")]
    [InlineData("InfoUrls", "-InfoUrl")]
    public void A_column_that_no_table_may_have_is_not_suggested(string column, string parameter)
    {
        string export = "$a | Add-NatsExport exp Stream; ";
        string message = Reports(
            "InvalidClaims", $"{Prepare}{export}[pscustomobject]@{{ Account = 'A'; Subject = 'exp'; {column} = 'z' }} | Set-NatsExport");
        Assert.DoesNotContain("Did you mean", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Rename", message, StringComparison.Ordinal);
        Assert.Contains(parameter, message, StringComparison.Ordinal);
        Assert.Contains("for all rows", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-NatsUser plain -RemoveTag nothing:here", "user O/A/plain", "RemoveTag")]
    [InlineData("Set-NatsUser plain -RemoveAllowPublish x", "user O/A/plain", "RemoveAllowPublish")]
    [InlineData("Set-NatsUser plain -RemoveSourceNetwork 10.0.0.0/8", "user O/A/plain", "RemoveSourceNetwork")]
    [InlineData("Set-NatsUser plain -RemoveConnectionType MQTT", "user O/A/plain", "RemoveConnectionType")]
    [InlineData("Set-NatsUser plain -RemoveAllowedTime 08:00-18:00", "user O/A/plain", "RemoveAllowedTime")]
    [InlineData("Set-NatsAccount A -RemoveDenySubscribe x", "account O/A", "RemoveDenySubscribe")]
    [InlineData("Set-NatsOperator O -RemoveServiceUrl nats://h:4222", "operator O", "RemoveServiceUrl")]
    [InlineData("Set-NatsSigningKey sensor -Account A -RemoveAllowSubscribe x", "role 'sensor' of account O/A", "RemoveAllowSubscribe")]
    [InlineData(
        "Set-NatsAuthCallout -Account A -AuthUser plain; Set-NatsAuthCallout -Account A -RemoveAuthUser dev-1", "account O/A", "RemoveAuthUser")]
    public void What_is_not_there_is_not_removed_in_silence(string script, string who, string parameter)
    {
        Run(Prepare);
        Assert.Equal(1, Missing(script));
        string[] before = Snapshot();
        Assert.Equal(1, Missing($"{script} -WhatIf"));
        Assert.Equal(before, Snapshot());

        int Missing(string line) => Run(line).Warnings.Count(warning => warning.Contains(who, StringComparison.Ordinal)
            && warning.Contains($"-{parameter} did not remove it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tag_that_may_be_meant_is_named() => Assert.EndsWith(
        "Did you mean 'team:blue'?",
        Assert.Single(Run(Prepare + "Set-NatsUser plain -AddTag team:blue; Set-NatsUser plain -RemoveTag team:bleu -WhatIf").Warnings),
        StringComparison.Ordinal);

    private void Says(string script, params string[] named)
    {
        var error = Assert.Single(Session.Run(script).Errors);
        Assert.All(named, text => Assert.Contains(text, error.Exception.Message, StringComparison.Ordinal));
        Assert.Equal("", error.ErrorDetails.RecommendedAction);
    }
}
