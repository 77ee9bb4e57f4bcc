using System.Globalization;
using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// The users in a store that are connected to the servers of one operator. Accounts and users are read once and kept in short form, so memory grows
/// with the number of users, not of connections.
/// </summary>
internal sealed class ConnectedUsers(NatsOperator owner)
{
    /// <summary>The type of leaf node connections. Clients have other types.</summary>
    internal const string LeafNode = "leafnode";

    // A limit for texts that clients and servers choose, so that they cannot fill a page.
    private const int LongestText = 500;

    private static readonly MemberNames Listed = new("cid", "account", "authorized_user", "type");
    private static readonly MemberNames EventMembers = new("id", "acc", "user", "client_type");

    private readonly Dictionary<string, KnownAccount?> accounts = new(StringComparer.Ordinal);

    /// <summary>Reads one connection of a <c>CONNZ</c> page.</summary>
    /// <param name="server">The server that reports it.</param>
    /// <param name="client">The reported connection.</param>
    public LiveConnection Describe(ServerInformation server, JsonElement client) => Read(server, client, Listed) with
    {
        Address = $"{Text(client, "ip")}:{ServerReply.Number(client, "port")}",
        Subscriptions = SubscriptionsOf(client),
    };

    /// <summary>Reads the client of an event, which has other names for the same members.</summary>
    /// <param name="server">The server that reports it.</param>
    /// <param name="client">The reported client.</param>
    public LiveConnection DescribeEvent(ServerInformation server, JsonElement client) => Read(server, client, EventMembers) with
    {
        Address = Text(client, "host") ?? "",
    };

    private LiveConnection Read(ServerInformation server, JsonElement client, MemberNames names)
    {
        string? user = Text(client, names.User);
        var claims = JwtReader.TryReadUnchecked(ServerReply.Text(client, "jwt"))?.Claims as UserClaims;
        var connection = new LiveConnection(server, ServerReply.Number(client, names.Id))
        {
            Operator = owner.Name,
            AccountKey = Text(client, names.Account),
            UserKey = claims?.Subject ?? (PublicNkey.Is(user, NatsKeyType.User) ? user : null),
            SigningKey = claims?.Issuer ?? Text(client, "issuer_key"),
            Type = Text(client, names.Type) ?? Text(client, "kind")?.ToLowerInvariant() ?? "",
            ClientName = Text(client, "name"),
            Since = Time(client, "start"),
            IssuedAt = claims is null ? null : UnixTime.ToDate(claims.IssuedAt),
            Expires = claims is null ? null : UnixTime.ToDate(claims.Expires),
        };
        return Judge(connection, claims, claims?.Name ?? user ?? "");
    }

    private LiveConnection Judge(LiveConnection connection, UserClaims? claims, string userName)
    {
        string shown = string.IsNullOrEmpty(userName) ? connection.UserKey ?? "" : userName;
        if (Find(connection.AccountKey) is not { } account)
        {
            return connection with { Account = connection.AccountKey ?? "", User = shown, Standing = ConnectionStanding.UnknownAccount };
        }

        KnownUser? user = account.Find(connection.UserKey, userName);
        return connection with
        {
            Account = account.Entity.Name,
            User = user?.Path.Name ?? shown,
            Path = user?.Path,
            Role = account.Entity.ScopeOf(connection.SigningKey)?.Role,
            Standing = StandingOf(connection, claims, account, user),
        };
    }

    private ConnectionStanding StandingOf(LiveConnection connection, UserClaims? claims, KnownAccount account, KnownUser? user)
    {
        if (connection.Expires is { } end && end <= owner.Store.Clock.GetUtcNow())
        {
            return ConnectionStanding.Expired;
        }

        // If the server returns no token, its time is unknown. The time of the connection is used instead, because the token is at least that old.
        DateTimeOffset? signed = connection.IssuedAt ?? connection.Since;
        if (connection.UserKey is { } key
            && signed is { } time
            && Revocations.IsRevoked(account.Entity.Claims.Revocations, key, time.ToUnixTimeSeconds()))
        {
            return ConnectionStanding.Revoked;
        }

        if (connection.SigningKey is { } signer && !account.Entity.TrustedKeys.Contains(signer))
        {
            return ConnectionStanding.UnlistedKey;
        }

        if (claims is null)
        {
            // Users of an authorization callout are not in any store.
            return connection.UserKey is null || user is not null ? ConnectionStanding.NoToken : ConnectionStanding.UnknownUser;
        }

        return user is null ? ConnectionStanding.UnknownUser
            : user.TokenId == claims.Id ? ConnectionStanding.Current
            : ConnectionStanding.OtherToken;
    }

    private KnownAccount? Find(string? publicKey)
    {
        if (publicKey is null)
        {
            return null;
        }

        if (!accounts.TryGetValue(publicKey, out KnownAccount? known))
        {
            NatsAccount? account = PublicNkey.Is(publicKey, NatsKeyType.Account)
                ? owner.Store.FindAccountByKey(owner.Name, publicKey)
                : null;
            known = accounts[publicKey] = account is null ? null : new KnownAccount(account);
        }

        return known;
    }

    private static PrintableList<string> SubscriptionsOf(JsonElement client)
    {
        JsonElement list = ServerReply.Member(client, "subscriptions_list_detail");
        return list.ValueKind != JsonValueKind.Array
            ? new PrintableList<string>([])
            : new PrintableList<string>([.. list.EnumerateArray()
                .Select(one => Text(one, "qgroup") is { } queue ? $"{Text(one, "subject")} {queue}" : Text(one, "subject") ?? "")
                .Order(StringComparer.Ordinal)]);
    }

    private static string? Text(JsonElement source, string name) =>
        ServerReply.Text(source, name) is not { Length: > 0 } text ? null
        : text.Length > LongestText ? text[..LongestText] + "…"
        : text;

    private static DateTimeOffset? Time(JsonElement source, string name) =>
        DateTimeOffset.TryParse(
            ServerReply.Text(source, name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time)
            ? time
            : null;

    /// <summary>The names of a client's members.</summary>
    private sealed record MemberNames(string Id, string Account, string User, string Type);

    /// <summary>The short form of a user.</summary>
    /// <param name="Path">The path of the user.</param>
    /// <param name="TokenId">The ID of its token; null if it is not signed.</param>
    private sealed record KnownUser(EntityPath Path, string? TokenId);

    private sealed class KnownAccount(NatsAccount entity)
    {
        private readonly Dictionary<string, KnownUser?> users = new(StringComparer.Ordinal);

        public NatsAccount Entity { get; } = entity;

        public KnownUser? Find(string? publicKey, string name)
        {
            if (publicKey is null)
            {
                return null;
            }

            if (!users.TryGetValue(publicKey, out KnownUser? known))
            {
                known = users[publicKey] = Read(Named(name), publicKey) ?? Read(Known(publicKey), publicKey);
            }

            return known;
        }

        private EntityPath? Named(string name) => EntityName.IsValid(name) ? Entity.Path.Child(name) : null;

        // The user's name in the store may differ from the name in its token.
        private EntityPath? Known(string publicKey) => Entity.UserNames.TryGetValue(publicKey, out string? name) ? Entity.Path.Child(name) : null;

        private KnownUser? Read(EntityPath? path, string publicKey) =>
            path is not null && Entity.Store.FindReadable(path) is NatsUser user && user.Subject == publicKey
                ? new KnownUser(user.Path, user.Document.TryReadUnchecked()?.Claims.Id)
                : null;
    }
}
