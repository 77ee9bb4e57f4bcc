using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>What a template lets somebody do of whom nothing is known, and a template as text.</summary>
public class OpenTemplateTests
{
    private static readonly AccountClaims Account = new() { Name = "acme", Subject = "AKEY" };

    [Theory]
    [InlineData("dev.{{name()}}.>", "dev.*.>")]
    [InlineData("dev-{{tag(site)}}.x-{{subject()}}", "*.*")]
    [InlineData("{{account-name()}}.{{Account-Subject()}}.{{name()}}", "acme.AKEY.*")]
    [InlineData("a.{{name()}} q", "a.* q")]
    [InlineData("plain.x", "plain.x")]
    public void Somebody_may_have_any_token_in_the_place_of_a_placeholder(string entry, string open)
    {
        UserPermissions somebody = TemplateExpander.ForSomebody(Of(["fixed", entry], []), Account);
        Assert.Equal(["fixed", open], somebody.Pub.Allow);
        Assert.Equal(["fixed", open], somebody.Sub.Allow);
    }

    [Fact]
    public void What_is_denied_to_some_is_not_denied_to_somebody()
    {
        UserPermissions somebody = TemplateExpander.ForSomebody(Of([], ["x.{{name()}}", "y"]), Account);
        Assert.Equal(["y"], somebody.Pub.Deny);
        somebody = TemplateExpander.ForSomebody(Of([], ["x.{{name()}}"]), Account);
        Assert.Empty(somebody.Pub.Deny);
        Assert.Empty(somebody.Sub.Deny);
        Assert.Empty(TemplateExpander.ForSomebody(Of(["a"], []), new AccountClaims()).Pub.Deny);
    }

    /// <summary>A stated list that is empty allows nothing beside a deny. Without the deny it would allow everything.</summary>
    [Fact]
    public void Beside_a_list_that_allows_nothing_something_stays_denied()
    {
        var account = (AccountClaims)ClaimPayload.Parse(
            """
            {"nats":{"type":"account","version":2,"signing_keys":[{"kind":"user_scope","key":"K","role":"r",
            "template":{"pub":{"allow":[],"deny":["x.{{name()}}"]},"sub":{"deny":["x.{{name()}}"]}}}]}}
            """);
        UserPermissions somebody = TemplateExpander.ForSomebody(account.SigningKeys[0].Template, account);
        Assert.Equal([">"], somebody.Pub.Deny);
        Assert.Empty(somebody.Sub.Deny);
        Assert.False(PermissionEvaluator.Publish(somebody, "anything").IsAllowed);
    }

    [Theory]
    [InlineData("a.{{tag(x.y)}}", "a.{{tag(xy)}}")]
    [InlineData("a.{{ NAME() }}", "a.{{name()}}")]
    [InlineData("Plain.X", "Plain.X")]
    public void As_text_a_placeholder_is_one_token(string entry, string text)
    {
        UserPermissions allowed = TemplateExpander.AsText(Of([entry], ["d"]));
        Assert.Equal([text], allowed.Pub.Allow);
        Assert.Equal(["d"], allowed.Sub.Deny);
        UserPermissions denied = TemplateExpander.AsText(Of(["a"], ["d", entry]));
        Assert.Equal(["d", text], denied.Sub.Deny);
        Assert.Equal(["a"], denied.Sub.Allow);
    }

    private static UserPermissions Of(string[] allow, string[] deny) => new()
    {
        Pub = new SubjectPermission { Allow = [.. allow], Deny = [.. deny] },
        Sub = new SubjectPermission { Allow = [.. allow], Deny = [.. deny] },
    };
}
