namespace NatsKeys.Tests;

/// <summary>
/// An empty list has one meaning for every cmdlet that sets something: it clears what restricts nobody, it adds and takes away nothing, and it is
/// refused where servers would take it for no restriction.
/// </summary>
public sealed class EmptyListTests : ModuleTest
{
    private const string Lists = "-AllowPublish a -DenyPublish b -AllowSubscribe c -DenySubscribe d";
    private const string UserLists = Lists + " -SourceNetwork 192.0.2.0/24 -ConnectionType MQTT -AllowedTime 08:00-18:00";

    private static readonly string[] Permissions = ["AllowPublish", "DenyPublish", "AllowSubscribe", "DenySubscribe", "AllowPublishSubscribe"];
    private static readonly string[] Restrictions = ["SourceNetwork", "ConnectionType", "AllowedTime"];

    public EmptyListTests() => Run(
        $"""
        New-NatsOperator O -ServiceUrl nats://a:4222 -Tag t | New-NatsAccount A -Tag t {Lists} | New-NatsUser U -Tag t {UserLists}
        Add-NatsSigningKey -Account A -Role sensor {UserLists}
        Set-NatsAuthCallout U -Account A -AllowedAccount '*'
        """);

    public static TheoryData<string, string> Refused
    {
        get
        {
            var calls = new TheoryData<string, string>();
            foreach (string parameter in (string[])[.. Permissions, .. Restrictions])
            {
                calls.Add("Set-NatsUser U", parameter);
                calls.Add("Set-NatsSigningKey sensor -Account A", parameter);
                calls.Add("New-NatsUser new -Account A", parameter);
                calls.Add("Add-NatsSigningKey -Account A -Role new", parameter);
            }

            foreach (string parameter in Permissions)
            {
                calls.Add("Set-NatsAccount A", parameter);
                calls.Add("New-NatsAccount new", parameter);
            }

            return calls;
        }
    }

    public static TheoryData<string> Without =>
    [
        .. from call in (string[])["Set-NatsUser U", "Set-NatsSigningKey sensor -Account A", "Set-NatsAccount A"]
           from verb in (string[])["Add", "Remove"]
           from parameter in (string[])[.. Permissions, .. Restrictions]
           where call != "Set-NatsAccount A" || Permissions.Contains(parameter)
           select $"{call} -{verb}{parameter}",
        .. from call in (string[])["Set-NatsUser U", "Set-NatsAccount A", "Set-NatsOperator O"]
           from verb in (string[])["Add", "Remove"]
           select $"{call} -{verb}Tag",
        "Set-NatsOperator O -AddServiceUrl", "Set-NatsOperator O -RemoveServiceUrl",
        "Set-NatsAuthCallout -Account A -AddAuthUser", "Set-NatsAuthCallout -Account A -RemoveAuthUser",
        "Set-NatsAuthCallout -Account A -AddAllowedAccount", "Set-NatsAuthCallout -Account A -RemoveAllowedAccount",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void It_is_refused_where_it_would_allow_more(string call, string parameter)
    {
        string[] before = Snapshot();
        string message = Reports("InvalidClaims", $"{call} -{parameter} @()");
        Assert.Equal(before, Snapshot());
        Assert.Contains($"-{parameter} ", message, StringComparison.Ordinal);
        Assert.Contains($"-Remove{parameter}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-AllowPublish @() -AllowPublishSubscribe z")]
    [InlineData("-AllowPublishSubscribe @() -AllowPublish z -AllowSubscribe z")]
    public void Lists_that_are_not_empty_together_are_taken(string lists)
    {
        Run($"Set-NatsUser U {lists}");
        Holds("\"$((Get-NatsUser U).AllowPublish) $((Get-NatsUser U).AllowSubscribe)\".Contains('z')");
    }

    [Fact]
    public void Nobody_that_decides_is_refused()
    {
        string[] before = Snapshot();
        foreach (string list in (string[])["-AuthUser @()", "-RemoveAuthUser U"])
        {
            Assert.Contains("Remove-NatsAuthCallout", Reports("InvalidClaims", $"Set-NatsAuthCallout -Account A {list}"), StringComparison.Ordinal);
        }

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [MemberData(nameof(Without))]
    public void Nothing_is_added_and_nothing_taken_away(string call) => Assert.Empty(LeavesFilesAlone($"{call} @()").Warnings);

    [Theory]
    [InlineData("Set-NatsUser U -Tag @()", "(Get-NatsUser U).Tags")]
    [InlineData("Set-NatsAccount A -Tag @()", "(Get-NatsAccount A).Tags")]
    [InlineData("Set-NatsOperator O -Tag @()", "(Get-NatsOperator O).Tags")]
    [InlineData("Set-NatsOperator O -ServiceUrl @()", "(Get-NatsOperator O).ServiceUrls")]
    [InlineData("Set-NatsAuthCallout -Account A -AllowedAccount @()", "(Get-NatsAuthCallout A).AllowedAccounts")]
    public void It_clears_what_restricts_nobody(string call, string list)
    {
        Holds($"@({list}).Count -gt 0");
        Run(call);
        Holds($"@({list}).Count -eq 0");
    }
}
