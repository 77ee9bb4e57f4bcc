using System.Text;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Hostile;

/// <summary>Claims that fit into a token many times over must not cost the square of their length: a whole token is up to 1 MiB.</summary>
public class AmplificationTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void Reading_many_targets_of_a_long_subject_does_not_copy_it_for_each()
    {
        // Before the signature is looked at, so anyone can send it.
        (string name, string targets) = (new string('a', 60_000), string.Join(',', Enumerable.Repeat("{}", 6_000)));
        string payload = $$$$"""{"nats":{"type":"account","version":2,"mappings":{"{{{{name}}}}":[{{{{targets}}}}]}}}""";
        Bounded.Run(() => JwtReader.ReadUnchecked($"{JwtWriter.Header}.{Tokens.Encode(Encoding.UTF8.GetBytes(payload))}.AA"));
    }

    [Fact]
    public void Checking_many_targets_of_a_long_subject_does_not_repeat_it_for_each()
    {
        var account = new AccountClaims();
        account.Mappings[new string('a', 60_000)] = [.. Enumerable.Range(0, 3_000).Select(_ => new WeightedMapping())];
        Bounded.Run(() => ClaimValidator.Check(account, Now));
    }

    [Fact]
    public void Checking_many_bad_references_does_not_repeat_the_subject_for_each()
    {
        string local = string.Join('.', Enumerable.Repeat("$2", 8_000));
        var account = new AccountClaims { Imports = [new AccountImport { Subject = "a", LocalSubject = local, Account = "A", Type = "stream" }] };
        Bounded.Run(() => ClaimValidator.Check(account, Now));
    }

    [Fact]
    public void Checking_many_exports_does_not_hold_each_against_each()
    {
        var account = new AccountClaims { Exports =
            [.. Enumerable.Range(0, 4_000).Select(index => new AccountExport { Subject = $"a.{index}", Type = "stream" })] };
        Bounded.Run(() => ClaimValidator.Check(account, Now));
    }

    [Fact]
    public void Checking_many_imports_does_not_hold_each_against_each()
    {
        var account = new AccountClaims { Imports =
            [.. Enumerable.Range(0, 4_000).Select(index => new AccountImport { Subject = $"a.{index}", Type = "service", Account = "A" })] };
        Bounded.Run(() => ClaimValidator.Check(account, Now));
    }

    [Fact]
    public void A_template_of_open_placeholders_is_read_once() =>
        Bounded.Run(() => Expand(string.Concat(Enumerable.Repeat("{{a", 250_000)), []));

    [Fact]
    public void A_long_template_and_many_tags_do_not_multiply() =>
        Bounded.Run(() => Expand("{{tag(a)}}." + new string('x', 50_000), [.. Enumerable.Range(0, 4_000).Select(index => $"a:{index}")]));

    private static void Expand(string entry, ClaimList<string> tags)
    {
        var template = new UserPermissions { Pub = new SubjectPermission { Allow = [entry] } };
        _ = TemplateExpander.Expand(template, new UserClaims { Tags = tags }, new AccountClaims(), new Findings());
    }
}
