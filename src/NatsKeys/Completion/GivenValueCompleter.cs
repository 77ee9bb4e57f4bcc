using System.Collections;
using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes values that can be removed: those of the entity or role on the command line.</summary>
public sealed class GivenValueCompleter : NameCompleter
{
    private static readonly string[] Naming = ["User", "Key", "Account", "Operator", "InputObject"];

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter)
    {
        string? naming = Naming.FirstOrDefault(name => ValueOf(bound, name) is not null);
        if (naming is null)
        {
            return [];
        }

        NatsSigningKey? role = ValueOf(bound, naming) as NatsSigningKey ?? (naming == "Key" ? RoleOf(store, TextOf(bound, naming)!) : null);
        NatsEntity? entity = role is null && PlaceOf(store, bound, naming) is { } path ? store.FindReadable(path) : null;
        return Values(parameter, entity, role?.Template ?? PermissionsOf(entity)).Select(
            value => (value, role is null ? $"{entity?.Path}" : $"role '{role.Role}'"));
    }

    private static NatsSigningKey? RoleOf(NatsStore store, string keyOrRole) =>
        store.AccountPaths(operatorName: null).Select(store.FindReadable).OfType<NatsAccount>()
        .SelectMany(account => account.GetSigningKeys()).FirstOrDefault(key => key.IsScoped && (key.PublicKey == keyOrRole || key.Role == keyOrRole));

    private static Permissions? PermissionsOf(NatsEntity? entity) => entity switch
    {
        NatsUser user => user.Permissions,
        NatsAccount account => account.Claims.DefaultPermissions,
        _ => null,
    };

    private static IEnumerable<string> Values(string parameter, NatsEntity? entity, Permissions? permissions) => (parameter, permissions) switch
    {
        ("RemoveTag", _) => entity?.Tags ?? [],
        ("RemoveServiceUrl", _) => (entity as NatsOperator)?.ServiceUrls ?? [],
        (_, null) => [],
        ("RemoveAllowPublish", _) => permissions.Pub.Allow,
        ("RemoveDenyPublish", _) => permissions.Pub.Deny,
        ("RemoveAllowSubscribe", _) => permissions.Sub.Allow,
        ("RemoveDenySubscribe", _) => permissions.Sub.Deny,
        ("RemoveAllowPublishSubscribe", _) => permissions.Pub.Allow.Intersect(permissions.Sub.Allow),
        ("RemoveSourceNetwork", UserPermissions user) => user.Src,
        ("RemoveConnectionType", UserPermissions user) => user.AllowedConnectionTypes,
        ("RemoveAllowedTime", UserPermissions user) => user.Times.Select(range => $"{range.Start}-{range.End}"),
        _ => [],
    };
}
