using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>Compares the subscriptions that permissions allow with those that were seen.</summary>
internal sealed class SubscriptionUse
{
    private const string Inbox = "_INBOX";

    private readonly Permissions permissions;
    private readonly bool dropsQueues;
    private readonly (string Text, string Open)[] entries;
    private readonly (string Seen, string[] Allowing)[] found;

    /// <param name="permissions">The permissions as written, with placeholders.</param>
    /// <param name="open">The same permissions, with a wildcard for each placeholder.</param>
    /// <param name="seen">The subscriptions. A queue group follows after a space.</param>
    public SubscriptionUse(Permissions permissions, Permissions open, IEnumerable<string> seen)
    {
        this.permissions = permissions;
        entries = [.. permissions.Sub.Allow.Zip(open.Sub.Allow)];

        // Servers drop entries with queue groups from lists with placeholders.
        dropsQueues = permissions.Sub.Allow.Any(TemplateExpander.HasPlaceholder);
        found = [.. seen.Select(subscription => (subscription, AllowingOf(subscription)))];
    }

    /// <summary>The entries that no seen subscription needs.</summary>
    public IEnumerable<string> Unused => entries.Select(entry => entry.Text).Except(found.SelectMany(one => one.Allowing), StringComparer.Ordinal);

    /// <summary>Proposes permissions that allow what was seen, and nothing that was not allowed before.</summary>
    /// <param name="holder">The role or user, for descriptions.</param>
    /// <param name="generalize">Whether to keep the entries that were used, rather than to propose the subjects.</param>
    /// <returns>The permissions; null if no allowed subscription was seen.</returns>
    public NatsPermission? Propose(string holder, bool generalize)
    {
        string[] subjects = [.. found.SelectMany(one => Needed(one.Seen, one.Allowing, generalize)).Distinct(StringComparer.Ordinal)];
        if (subjects.Length == 0)
        {
            return null;
        }

        string[] refused = [.. found.Where(one => entries.Length > 0 && one.Allowing.Length == 0).Select(one => one.Seen)];
        string[] notes =
        [
            "Publishing was not measured, so the publish permissions are unchanged.",
            .. refused.Length == 0 ? Array.Empty<string>() : [$"Subscribed to, but not allowed by the store: {string.Join("; ", refused)}."],
        ];
        return new NatsPermission($"subscriptions of {holder}", permissions.Pub.Allow, subjects.Order(StringComparer.Ordinal), notes)
        {
            AllowResponse = permissions.Resp is { Max: > 0 and <= int.MaxValue } answers ? (int)answers.Max : null,
        };
    }

    private string[] Needed(string seen, string[] allowing, bool generalize)
    {
        // Clients create a new inbox for each connection.
        bool isInbox = seen.StartsWith(Inbox, StringComparison.Ordinal);
        if (entries.Length == 0)
        {
            return [isInbox ? seen.Split('.')[0] + ".>" : seen];
        }

        // If a placeholder were replaced by a subject that one user used, every user of the role could use that subject.
        return generalize || isInbox || allowing.All(TemplateExpander.HasPlaceholder) ? allowing
            : dropsQueues ? [seen.Split(' ')[0]]
            : [seen];
    }

    private string[] AllowingOf(string subscription)
    {
        string[] parts = subscription.Split(' ', 2);
        return [.. entries
            .Where(entry => !(dropsQueues && entry.Open.Contains(' ', StringComparison.Ordinal))
                && PermissionEvaluator.Subscribe(Only(entry.Open), parts[0], parts.Length > 1 ? parts[1] : null).IsAllowed)
            .Select(entry => entry.Text)];
    }

    private static Permissions Only(string entry) => new() { Sub = new SubjectPermission { Allow = [entry] } };
}
