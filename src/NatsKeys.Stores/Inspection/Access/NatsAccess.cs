using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Somebody who may publish a subject or receive its messages, and the way by which that goes.</summary>
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

    /// <summary>Whether it is a user, a role, or the default of an account.</summary>
    public AccessHolderKind Kind => way.Group.Kind;

    /// <summary>Who it is, for people: <c>orders/dev-1</c>.</summary>
    public string Holder { get; }

    /// <summary>The name of the operator.</summary>
    public string Operator => way.Group.Account.Operator;

    /// <summary>The name of the account that it belongs to.</summary>
    public string Account => way.Group.Account.Name;

    /// <summary>The name of the user; null for a role and a default.</summary>
    public string? User { get; }

    /// <summary>The role; null for none.</summary>
    public string? Role => way.Group.Role;

    /// <summary>What was asked for.</summary>
    public AccessDirection Direction => way.Question.Direction;

    /// <summary>The account in which the subject is meant.</summary>
    public string TargetAccount => way.Target.Path.Name;

    /// <summary>Which of the subjects that were asked for are reached.</summary>
    public IReadOnlyList<string> Subjects => new PrintableList<string>(way.Reaches);

    /// <summary>The subjects that the holder uses for it, in its own account.</summary>
    public IReadOnlyList<string> Uses => new PrintableList<string>(way.Uses);

    /// <summary>The way in one line, from the holder to the subject in the account that was asked for.</summary>
    public string Path => string.Join(" → ", [Holder, .. way.Steps, $"{TargetAccount}: {string.Join("; ", way.Reaches)}"]);

    /// <summary>The list that decides, such as <c>pub.allow</c>.</summary>
    public string Rule => way.Verdict.Rule;

    /// <summary>The entry that decides, for people.</summary>
    public string Message => SecretShape.Mask(way.Message);

    /// <summary>Whether it surely goes. It may not where a function of a mapping decides, or where imports form a cycle.</summary>
    public bool IsCertain => way.IsCertain;

    /// <summary>The versions of the servers for which this holds.</summary>
    public IReadOnlyList<string> ServerVersion { get; internal init; } = new PrintableList<string>([]);

    internal AccessWay Way => way;

    /// <summary>The way in one line.</summary>
    public override string ToString() => TextSanitizer.Clean(Path);

    internal NatsAccess For(IEnumerable<string> servers) =>
        new(way, User is null ? null : way.Group.Account.Child(User)) { ServerVersion = new PrintableList<string>(servers) };
}
