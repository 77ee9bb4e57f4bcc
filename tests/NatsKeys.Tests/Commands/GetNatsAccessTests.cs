namespace NatsKeys.Tests.Commands;

public class GetNatsAccessTests : ModuleTest
{
    public GetNatsAccessTests() => Run(
        """
        $null = New-NatsOperator O2 | New-NatsAccount A
        $null = New-NatsAccount B -AllowPublish none -AllowSubscribe none
        Add-NatsExport -Account A 'news.>' Stream
        Add-NatsExport -Account A 'price.*' Service
        Add-NatsImport -Account B 'news.>' -From A -LocalSubject 'in.news.>'
        Add-NatsImport -Account B 'price.*' -From A -Type Service -LocalSubject 'ask.$1'
        Add-NatsSubjectMapping -Account A old.x news.x
        $null = New-NatsUser U -Account A -AllowPublish 'news.>', 'price.a' -AllowSubscribe 'news.*' -DenySubscribe news.secret -Expires 1d
        $null = New-NatsUser V -Account B -AllowPublish 'ask.*' -AllowSubscribe 'in.>' -Expires 1d
        $null = Add-NatsSigningKey -Account B -Role asker -AllowPublish 'ask.{{name()}}' -AllowSubscribe none | New-NatsUser milk -Expires 1d
        """);

    [Theory]
    [InlineData("-Publish news.a -Account A", "A/U → A: news.a")]
    [InlineData("-Publish price.a -Account A", "A/U → A: price.a|B/V → import ask.$1 of B → export price.* of A → A: price.a")]
    [InlineData("-Publish price.milk -Account A", "B/milk → import ask.$1 of B → export price.* of A → A: price.milk|B/V → import ask.$1 of B → "
        + "export price.* of A → A: price.milk")]
    [InlineData("-Publish in.news.x -Account B", "A/U → export news.> of A → import in.news.> of B → B: in.news.x|A/U → mapping old.x to news.x "
        + "of A → export news.> of A → import in.news.> of B → B: in.news.x")]
    [InlineData("-Publish old.x -Account A", "")]
    [InlineData("-Subscribe news.secret -Account A", "B/V → import in.news.> of B → export news.> of A → A: news.secret")]
    [InlineData("-Subscribe news.a.b -Account A", "A/U → A: news.a.b|B/V → import in.news.> of B → export news.> of A → A: news.a.b")]
    [InlineData("-Subscribe old.x -Account A", "A/U → mapping old.x to news.x of A → A: old.x|B/V → import in.news.> of B → export news.> of A "
        + "→ mapping old.x to news.x of A → A: old.x")]
    [InlineData("-Publish nothing.here -Account B", "")]
    public void Each_way_is_listed(string question, string expected) =>
        Assert.Equal(expected, (string)Value($"(Get-NatsAccess {question} -Kind User).Path -join '|'")!);

    [Fact]
    public void Roles_and_defaults_are_listed_and_the_entry_that_decides() => Holds(
        "(Get-NatsAccess ask.x -Account B -Kind Role).Holder -eq 'B: role asker'",
        "(Get-NatsAccess ask.x -Account B -Kind Role).Message -eq \"'ask.*' allows it. (template of role 'asker')\"",
        "(Get-NatsAccess none -Account B -Kind Default).Rule -eq 'pub.allow'",
        "(Get-NatsAccess news.a -Account A -Kind User).Message -eq \"'news.>' allows it.\"",
        "(Get-NatsAccess -Subscribe news.a.b -Account A -Kind User)[0].Message -match 'deliver all'");

    [Fact]
    public void With_All_every_subject_must_be_reached() => Holds(
        "(Get-NatsAccess 'news.>' -All -Account A -Kind User).Holder | Select-Object -Unique | ForEach-Object { $_ -eq 'A/U' }",
        "-not (Get-NatsAccess '>' -All -Account A -Kind User)",
        "@(Get-NatsAccess '*.*' -Account A -Kind User).Count -gt 0");

    [Fact]
    public void A_role_that_only_denies_what_depends_on_its_users_is_not_one_without_permissions()
    {
        Run("$null = Add-NatsSigningKey -Account B -Role most -DenyPublish 'own.{{name()}}' | New-NatsUser w -Expires 1d");
        Holds(
            "(Get-NatsAccess own.x -Account B -Kind User).Holder -eq 'B/w'",
            "(Get-NatsAccess own.x -Account B -Kind Role).Holder -eq 'B: role most'",
            "-not (Get-NatsAccess own.w -Account B -Kind User)");
    }

    [Fact]
    public void With_All_no_placeholder_stands_for_all_tokens()
    {
        Run("$null = Add-NatsSigningKey -Account B -Role most -AllowPublish 'own.>' -DenyPublish 'own.{{name()}}'");
        Holds(
            "(Get-NatsAccess 'ask.*' -Account B -Kind Role).Holder -eq 'B: role asker'",
            "-not (Get-NatsAccess 'ask.*' -All -Account B -Kind Role)",
            "-not (Get-NatsAccess 'own.*' -All -Account B -Kind Role)",
            "(Get-NatsAccess 'own.*.x' -All -Account B -Kind Role).Holder -eq 'B: role most'");
    }

    [Fact]
    public void Versions_are_asked_and_named() => Holds(
        "(Get-NatsAccess news.a -Account A -Kind User -ServerVersion 2.10.27, 2.15.1).ServerVersion -join ',' -eq '2.10.27,2.15.1'",
        "(Get-NatsAccess news.a -Account A -Kind User).ServerVersion -eq '2.15.1'");

    [Fact]
    public void Nobody_is_listed_whom_servers_refuse() => Holds(
        "-not (Get-NatsAccess news.a -Account A -Kind User -At 2d)",
        "$null = Remove-NatsUser A/U -Confirm:$false -WarningAction Ignore; -not (Get-NatsAccess news.a -Account A -Kind User)");

    [Theory]
    [InlineData("InvalidClaims", "Get-NatsAccess a..b")]
    [InlineData("InvalidClaims", "Get-NatsAccess -Subscribe 'a b'")]
    [InlineData("EntityNotFound", "Get-NatsAccess a -Account nobody")]
    public void What_cannot_be_asked_is_an_error(string id, string script) => Reports(id, script);

    [Fact]
    public void A_callout_is_told() => Assert.Contains(
        "authorization callout", Run("$c = New-NatsUser C -Account A -Expires 1d; Set-NatsAuthCallout -Account A -AuthUser $c -WarningAction "
            + "Ignore; Get-NatsAccess news.a -Account A").Warnings[^1], StringComparison.Ordinal);
}
