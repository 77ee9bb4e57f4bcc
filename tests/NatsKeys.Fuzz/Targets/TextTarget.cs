using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Fuzz.Targets;

/// <summary>The small texts within claims: subjects, templates, addresses, networks, zones, times.</summary>
internal sealed class TextTarget(Corpus corpus) : IFuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly AccountClaims Account = new() { Name = "Acme", Subject = "A", Tags = ["t:1", "t:2", "t:*"] };
    private static readonly UserClaims User = new() { Name = "a b.>", Subject = "U", Tags = ["dept:x", "dept:y", "a:}}", "b:{{name()}}"] };

    private readonly Mutator mutator = new(
        corpus.Texts,
        "{{name()}}", "{{tag(dept)}}", "{{account-tag(t)}}", "{{", "}}", "{{ }}", "{{TAG(a)}}", "tag(", ".", "..", "*", ">", ".>", "$1", "$-1",
        "$99999999999999999999", " ", "http://", "[::1]", ":0", "%zz", "@", "#", "?", "0.0.0.0/0",
        "::/129", "/24", "/999", "Europe/Berlin", "Local", "posixrules", "1d", "12h", "999999999y", "9999-12-31", "T23:59:59-14:00", "2027-01-31",
        "\n");

    public string Name => "texts";

    public byte[] Make(Random random) => mutator.Make(random);

    public bool Run(byte[] input)
    {
        string text = InputText.WithHalves(input);
        bool taken = Attempt.Run(() => TimeParser.Parse(text, Now));
        Attempt.Run(() => TimeParser.ParseDate(text));
        _ = WebAddress.Parse(text);
        _ = SourceNetwork.Parse(text);
        _ = text.Length < 300 ? TimeZones.Find(text) : null;
        CheckSubject(text);
        CheckTemplate(text);
        return taken;
    }

    private static void CheckSubject(string text)
    {
        var findings = new Findings();
        Subjects.Check(text, "subject", findings);
        Subjects.CheckLocal(text, text, "local", findings);
        Subjects.CheckLocal(text, "a.*.>", "local", findings);
        _ = Subjects.HasWildcards(text) && Subjects.IsContainedAsInReference(text, "a.*.>") && Subjects.IsContainedAsInReference("a.*.>", text);
        var permissions = new Permissions { Pub = new SubjectPermission { Allow = [text, ">"], Deny = [text] },
            Sub = new SubjectPermission { Allow = ["a.> q", text + " " + text], Deny = ["*"] } };
        _ = (PermissionEvaluator.Publish(permissions, text), PermissionEvaluator.Subscribe(permissions, text),
            PermissionEvaluator.Subscribe(permissions, "a", text));
    }

    private static void CheckTemplate(string text)
    {
        var findings = new Findings();
        var template = new UserPermissions { Pub = new SubjectPermission { Allow = [text, "x.{{name()}}"] },
            Sub = new SubjectPermission { Deny = [text] } };
        bool expanded = TemplateExpander.Expand(template, User, Account, findings) is not null;
        Hold.That(expanded == (findings.Count == 0), "a template is refused without a finding, or taken with one");
    }
}
