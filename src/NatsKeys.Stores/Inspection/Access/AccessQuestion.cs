using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>The question who may publish or subscribe to a subject.</summary>
/// <param name="Direction">Publish or subscribe.</param>
/// <param name="Subject">The subject. One with wildcards stands for any subject that it matches.</param>
internal sealed record AccessQuestion(AccessDirection Direction, SubjectPattern Subject)
{
    /// <summary>Whether the holder must be able to use all subjects that the subject matches, rather than any.</summary>
    public bool IsAll { get; init; }

    /// <summary>The account of the subject; null for all accounts.</summary>
    public EntityPath? Account { get; init; }

    /// <summary>The kinds of holders to find.</summary>
    public IReadOnlyCollection<AccessHolderKind> Kinds { get; init; } = Enum.GetValues<AccessHolderKind>();

    /// <summary>The users to find; null for all.</summary>
    public IReadOnlySet<EntityPath>? Users { get; init; }

    /// <summary>Finds the answers, account by account.</summary>
    /// <param name="snapshot">The accounts and users to search.</param>
    /// <param name="cancellation">Cancels the search, which may take long if there are many routes.</param>
    public IEnumerable<NatsAccess> Ask(AccessSnapshot snapshot, CancellationToken cancellation = default)
    {
        var asked = SubjectSet.Of(Subject);
        foreach (AccessAccount target in snapshot.Accounts.Where(account => Account is null || account.Path == Account))
        {
            string key = target.Claims.Subject ?? "";
            IEnumerable<AccessRoute> routes = Direction == AccessDirection.Publish
                ? snapshot.Graph.ToPublish(key, asked)
                : snapshot.Graph.ToSubscribe(key, asked);
            foreach (IGrouping<string, AccessRoute> ways in Until(routes, cancellation).GroupBy(route => route.Account.Place, StringComparer.Ordinal))
            {
                AccessRoute[] all = [.. ways];
                foreach (NatsAccess access in snapshot.GroupsOf(EntityPath.Parse(ways.Key))
                    .Where(group => Kinds.Contains(group.Kind) && (Users is null || group.Users.Any(IsAsked)))
                    .Where(group => all.Any(route => group.MayUse(Direction, route.Subjects)))
                    .AsParallel()
                    .AsOrdered()
                    .WithCancellation(cancellation)
                    .SelectMany(group => AccessOf(group, all, target, asked)))
                {
                    yield return access;
                }
            }
        }
    }

    private bool IsAsked(EntityPath user) => Users?.Contains(user) != false;

    private static IEnumerable<AccessRoute> Until(IEnumerable<AccessRoute> routes, CancellationToken cancellation)
    {
        foreach (AccessRoute route in routes)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return route;
        }
    }

    private IEnumerable<NatsAccess> AccessOf(AccessGroup group, IReadOnlyList<AccessRoute> routes, AccessAccount target, SubjectSet asked)
    {
        (AccessRoute Route, SubjectSet Used, SubjectSet Reached)[] found = WaysOf(group, routes, asked);

        // A placeholder matches any token, but no single user can use all of these tokens.
        if (found.Length == 0 || (IsAll && !IsAllReached(group.OfEach is { } each ? WaysOf(each, routes, asked) : found, asked)))
        {
            yield break;
        }

        foreach ((AccessRoute route, SubjectSet used, SubjectSet reached) in found)
        {
            var way = new AccessWay(this, group, route, used, reached, target);
            foreach (EntityPath? user in group.Kind == AccessHolderKind.User ? group.Users.Where(IsAsked).AsEnumerable<EntityPath?>() : [null])
            {
                yield return new NatsAccess(way, user);
            }
        }
    }

    private (AccessRoute Route, SubjectSet Used, SubjectSet Reached)[] WaysOf(
        AccessGroup group, IReadOnlyList<AccessRoute> routes, SubjectSet asked) =>
    [
        .. routes
            .Select(route => (Route: route, Used: route.Subjects.Intersect(group.SubjectsTo(Direction))))
            .Where(way => !way.Used.IsEmpty)
            .Select(way => (way.Route, way.Used, way.Route.ToAsked(way.Used).Intersect(asked))),
    ];

    private static bool IsAllReached((AccessRoute Route, SubjectSet Used, SubjectSet Reached)[] ways, SubjectSet asked) =>
        SubjectSet.Union(ways.Where(way => way.Route.IsCertain).Select(way => way.Reached)).Contains(asked);
}
