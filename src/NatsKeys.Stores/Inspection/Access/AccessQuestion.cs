using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A question who may publish or subscribe to a subject.</summary>
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

    /// <summary>The answers, account by account.</summary>
    /// <param name="snapshot">The accounts and users to search.</param>
    public IEnumerable<NatsAccess> Ask(AccessSnapshot snapshot)
    {
        var asked = SubjectSet.Of(Subject);
        foreach (AccessAccount target in snapshot.Accounts.Where(account => Account is null || account.Path == Account))
        {
            string key = target.Claims.Subject ?? "";
            IEnumerable<AccessRoute> routes = Direction == AccessDirection.Publish
                ? snapshot.Graph.ToPublish(key, asked)
                : snapshot.Graph.ToSubscribe(key, asked);
            foreach (IGrouping<string, AccessRoute> ways in routes.GroupBy(route => route.Account.Place, StringComparer.Ordinal))
            {
                AccessRoute[] all = [.. ways];
                foreach (NatsAccess access in snapshot.GroupsOf(EntityPath.Parse(ways.Key))
                    .Where(group => Kinds.Contains(group.Kind) && all.Any(route => group.MayUse(Direction, route.Subjects)))
                    .AsParallel()
                    .AsOrdered()
                    .SelectMany(group => AccessOf(group, all, target, asked)))
                {
                    yield return access;
                }
            }
        }
    }

    private IEnumerable<NatsAccess> AccessOf(AccessGroup group, IEnumerable<AccessRoute> routes, AccessAccount target, SubjectSet asked)
    {
        SubjectSet allowed = group.SubjectsTo(Direction);
        (AccessRoute Route, SubjectSet Used, SubjectSet Reached)[] found =
        [
            .. from route in routes
               let used = route.Subjects.Intersect(allowed)
               where !used.IsEmpty
               select (route, used, route.ToAsked(used).Intersect(asked)),
        ];
        if (found.Length == 0 || (IsAll && !SubjectSet.Union(found.Where(way => way.Route.IsCertain).Select(way => way.Reached)).Contains(asked)))
        {
            yield break;
        }

        foreach ((AccessRoute route, SubjectSet used, SubjectSet reached) in found)
        {
            var way = new AccessWay(this, group, route, used, reached, target);
            foreach (EntityPath? user in group.Kind == AccessHolderKind.User ? group.Users.AsEnumerable<EntityPath?>() : [null])
            {
                yield return new NatsAccess(way, user);
            }
        }
    }
}
