using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A holder that may publish a subject or receive its messages, with the route between them.</summary>
public sealed class NatsAccess
{
    private readonly AccessWay way;

    internal NatsAccess(AccessWay way, EntityPath? user)
    {
        this.way = way;
        User = user?.Name;
        Holder = way.Group.Kind switch
        {
            AccessHolderKind.User => $"{way.Group.Account.Name}/{user!.Name}",
            AccessHolderKind.Role => $"{way.Group.Account.Name}: role {way.Group.Role}",
            _ => $"{way.Group.Account.Name}: default",
        };
    }

    /// <summary>Whether the holder is a user, a role, or the default permissions of an account.</summary>
    public AccessHolderKind Kind => way.Group.Kind;

    /// <summary>The holder as text: <c>orders/dev-1</c>.</summary>
    public string Holder { get; }

    /// <summary>The name of the operator.</summary>
    public string Operator => way.Group.Account.Operator;

    /// <summary>The name of the holder's account.</summary>
    public string Account => way.Group.Account.Name;

    /// <summary>The name of the user; null for a role or default permissions.</summary>
    public string? User { get; }

    /// <summary>The role; null for none.</summary>
    public string? Role => way.Group.Role;

    /// <summary>Publish or subscribe, as in the question.</summary>
    public AccessDirection Direction => way.Question.Direction;

    /// <summary>The account of the subject.</summary>
    public string TargetAccount => way.Target.Path.Name;

    /// <summary>The requested subjects that are reached.</summary>
    public IReadOnlyList<string> Subjects => new PrintableList<string>(way.Reaches);

    /// <summary>The subjects that the holder uses for that, in its own account.</summary>
    public IReadOnlyList<string> Uses => new PrintableList<string>(way.Uses);

    /// <summary>The route in one line, from the holder to the subject in the target account.</summary>
    public string Path => string.Join(" → ", [Holder, .. way.Steps, $"{TargetAccount}: {string.Join("; ", way.Reaches)}"]);

    /// <summary>The deciding list, such as <c>pub.allow</c>.</summary>
    public string Rule => way.Verdict.Rule;

    /// <summary>The message that names the deciding entry.</summary>
    public string Message => SecretShape.Mask(way.Message);

    /// <summary>Whether access is certain. It is not if it depends on a mapping function or if imports form a cycle.</summary>
    public bool IsCertain => way.IsCertain;

    /// <summary>The server versions for which this is true.</summary>
    public IReadOnlyList<string> ServerVersion { get; internal init; } = new PrintableList<string>([]);

    internal AccessWay Way => way;

    /// <summary>The route in one line.</summary>
    public override string ToString() => TextSanitizer.Clean(Path);

    internal NatsAccess For(IEnumerable<string> servers) =>
        new(way, User is null ? null : way.Group.Account.Child(User)) { ServerVersion = new PrintableList<string>(servers) };
}
