using System.Text;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Creates configurations for nats-server in operator mode. It refuses those with which a server would not start.</summary>
internal static class ServerConfig
{
    /// <summary>Creates a configuration: the server's settings, the operator, the system account, the resolver, and the preloaded accounts.</summary>
    /// <param name="request">The content of the configuration.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>; the message says what is wrong.</exception>
    public static string Make(ServerConfigRequest request)
    {
        request.Settings.Check(request.Resolver);
        request.Server.Check();
        NatsJwt token = OperatorToken(request.Operator);
        var claims = (OperatorClaims)token.Claims;
        RequireVersions(request, claims);
        NatsAccount? system = FindSystemAccount(request, claims);
        RequireSentinel(request);

        var text = new ConfigWriter();
        request.Server.Write(text);
        WriteProxies(text, request.TrustedProxies);
        text.Comment("Operator", request.Operator.Name);
        if (request.OperatorFile is null)
        {
            text.Member("operator", token.Token);
        }
        else
        {
            text.Quoted("operator", request.OperatorFile);
        }

        text.Line();
        if (system is not null)
        {
            text.Member("system_account", system.Subject);
            text.Line();
        }

        if (request.Sentinel is not null)
        {
            text.Member("default_sentinel", request.Sentinel.Token);
            text.Line();
        }

        request.Settings.Write(text, request.Resolver);
        if (request.PinnedAccounts.Count > 0)
        {
            text.Quoted("resolver_pinned_accounts", [.. request.PinnedAccounts.Distinct().Order(StringComparer.Ordinal)]);
        }

        text.Line();
        text.Open("resolver_preload:", indent: 2);
        foreach ((string subject, NatsAccount account) in Preloaded(request, system).OrderBy(entry => entry.Subject, StringComparer.Ordinal))
        {
            text.Comment("Account", account.Name);
            text.Member(subject, account.Jwt);
            text.Line();
        }

        text.Close();
        return text.ToString();
    }

    /// <summary>The text of the operator file that a configuration refers to.</summary>
    /// <param name="operatorEntity">The operator.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>: servers do not accept the operator.</exception>
    public static string OperatorText(NatsOperator operatorEntity) => OperatorToken(operatorEntity).Token + "\n";

    /// <summary>
    /// Writes a configuration and the files that it refers to. They contain no secrets, but only their owner can read them, as with nsc.
    /// </summary>
    /// <param name="files">The files with their texts. Files that are referred to come first.</param>
    /// <param name="overwrite">Whether existing files are replaced. If one exists and must not be replaced, no file is written.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(IReadOnlyList<(string Path, string Text)> files, bool overwrite)
    {
        if (files.DistinctBy(file => PathSpelling.Of(file.Path), StringComparer.OrdinalIgnoreCase).Count() < files.Count)
        {
            throw ConfigWriter.Refused($"The file '{files[0].Path}' cannot be both the configuration file and the operator file.");
        }

        if (!overwrite)
        {
            foreach ((string path, _) in files)
            {
                SafeFiles.RequireFree(path);
            }
        }

        foreach ((string path, string text) in files)
        {
            SafeFiles.Write(path, Encoding.UTF8.GetBytes(text), secret: true, overwrite);
        }
    }

    /// <summary>Gets the operator's token, and refuses one with which servers do not start.</summary>
    private static NatsJwt OperatorToken(NatsOperator operatorEntity)
    {
        NatsJwt token = TokenOf(operatorEntity);
        var claims = (OperatorClaims)token.Claims;

        // Servers ignore the expiry and the issuer of an operator, and most rules.
        string? fault = claims is { StrictSigningKeyUsage: true, SigningKeys.Count: 0 }
            ? "it requires signing keys and has none"
            : ClaimValidator.Check(claims, operatorEntity.Store.Clock.GetUtcNow()).FirstOrDefault(StopsServer)?.Message;
        return fault is null ? token : throw ConfigWriter.Refused($"Servers do not start with the {operatorEntity.Path}: {fault}");
    }

    /// <summary>Refuses settings that the target servers are too old for, because a server does not start with an unknown setting.</summary>
    private static void RequireVersions(ServerConfigRequest request, OperatorClaims claims)
    {
        if (request.Versions is null)
        {
            return;
        }

        if (ServerVersion.TryParse(claims.AssertServerVersion, out ServerVersion asserted)
            && request.Versions.Cast<ServerVersion?>().FirstOrDefault(version => version < asserted) is { } old)
        {
            throw ConfigWriter.Refused(
                $"The {request.Operator.Path} requires nats-server {asserted}, but the configuration is for version {old}.");
        }

        foreach ((ServerFeature feature, string setting) in Needs(request))
        {
            if (request.Versions.Having(feature, has: false).ToArray() is { Length: > 0 } lacking)
            {
                throw ConfigWriter.Refused(
                    $"nats-server {lacking[0]} does not support the setting {setting}. It requires version {ServerFeatures.Since(feature)[0]}.");
            }
        }
    }

    private static IEnumerable<(ServerFeature Feature, string Setting)> Needs(ServerConfigRequest request)
    {
        IEnumerable<(ServerFeature Feature, string Setting)> needs = request.Server.Needs();
        if (request.Settings.HardDelete is not null)
        {
            needs = needs.Append((ServerFeature.HardDelete, "hard_delete"));
        }

        if (request.Sentinel is not null)
        {
            needs = needs.Append((ServerFeature.DefaultSentinel, "default_sentinel"));
        }

        return request.TrustedProxies.Count > 0 ? needs.Append((ServerFeature.TrustedProxies, "proxies")) : needs;
    }

    /// <summary>
    /// Refuses a sentinel that would have to sign: only bearer users connect without a signature, and no client has the sentinel's key.
    /// </summary>
    private static void RequireSentinel(ServerConfigRequest request)
    {
        if (request.Sentinel is not { } token)
        {
            return;
        }

        NatsOperator above = request.Operator;
        var trust = new ServerTrust(above.Jwt!, key => Serves(request, key) ? above.Store.FindAccountByKey(above.Name, key)?.Jwt : null);
        Finding? refusal = null;
        foreach (string type in ServerTrust.ConnectionTypes)
        {
            refusal = trust.Decide(new ConnectAttempt(token.Token)
            {
                Time = above.Store.Clock.GetUtcNow(),
                Server = request.Versions?.Last,
                Proof = NonceProof.None,
                ThroughTrustedProxy = true,
                ConnectionType = type,
            }).Refusal;
            if (refusal is null)
            {
                return;
            }
        }

        string name = (token.Claims as UserClaims)?.Name ?? token.Subject ?? "";
        throw ConfigWriter.Refused(
            $"A server does not accept '{name}' as the default sentinel. It must be a bearer user of an account of the {above.Path}. "
                + refusal!.Message);
    }

    /// <summary>Whether the pinned accounts allow an account to use the server.</summary>
    private static bool Serves(ServerConfigRequest request, string account) =>
        (request.PinnedAccounts.Count == 0 || request.PinnedAccounts.Contains(account))
        && (request.Resolver != ResolverKind.Memory || request.Accounts?.Any(known => known.Subject == account) != false);

    private static void WriteProxies(ConfigWriter text, IReadOnlyList<string> keys)
    {
        if (keys.Count == 0)
        {
            return;
        }

        text.Open("proxies");
        text.OpenList("trusted");
        foreach (string key in keys.Distinct().Order(StringComparer.Ordinal))
        {
            text.OpenItem();
            text.Quoted("key", key);
            text.Close();
        }

        text.CloseList();
        text.Close();
        text.Line();
    }

    private static bool StopsServer(Finding finding) =>
        finding.Rule == ValidationRules.OperatorSigningKey.Name || finding.Rule == ValidationRules.OperatorVersion.Name;

    private static NatsJwt TokenOf(NatsEntity entity)
    {
        if (entity.Jwt is null)
        {
            throw ConfigWriter.Refused($"The {entity.Path} is not signed yet, so servers cannot use it.");
        }

        try
        {
            return entity.Document.ReadToken();
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(ErrorCode.InvalidServerConfig, $"Servers cannot use the {entity.Path}. {error.Message}", error);
        }
    }

    /// <summary>The system account that the operator's token names, or the requested one if it names none.</summary>
    private static NatsAccount? FindSystemAccount(ServerConfigRequest request, OperatorClaims claims)
    {
        string? named = string.IsNullOrEmpty(claims.SystemAccount) ? null : claims.SystemAccount;
        if (named is not null && request.SystemAccount is not null && request.SystemAccount.Subject != named)
        {
            throw ConfigWriter.Refused(
                $"The {request.Operator.Path} names {named} as its system account, and servers do not start with another one.");
        }

        if ((named ?? request.SystemAccount?.Subject) is not { } key)
        {
            string? user = request.Resolver != ResolverKind.Memory ? $"a {request.Resolver.ToString().ToLowerInvariant()} resolver"
                : request.Server.JetStream is not null ? "JetStream"
                : request.Server.LeafNodes.Port is not null && request.Server.Gateway.Port is not null ? "leaf nodes and gateways"
                : null;
            return user is null ? null : throw ConfigWriter.Refused(
                $"The {request.Operator.Path} has no system account, and a server with {user} requires one.",
                Remedy.SetSystemAccount);
        }

        NatsAccount found = request.Operator.Store.FindAccountByKey(request.Operator.Name, key)
            ?? throw ConfigWriter.Refused(
                $"The system account {key} of {request.Operator.Path} is not in the store, and servers do not start without it.");
        TokenOf(found);
        if (found.Document.Signed is AccountClaims signed && SystemAccountCheck.HasJetStream(signed))
        {
            throw ConfigWriter.Refused(
                $"The {found.Path} is the system account and has JetStream limits: a server does not start with that "
                    + $"({ValidationRules.SystemJetStream.Name}).", Remedy.RemoveJetStreamLimits);
        }

        Finding? refusal = new ServerTrust(request.Operator.Jwt!, _ => found.Jwt).RefusalOf(key, request.Operator.Store.Clock.GetUtcNow());
        return refusal is null
            ? found
            : throw ConfigWriter.Refused($"A server does not start with the {found.Path} as its system account. {refusal.Message}");
    }

    private static IEnumerable<(string Subject, NatsAccount Account)> Preloaded(ServerConfigRequest request, NatsAccount? system)
    {
        NatsOperator above = request.Operator;
        IReadOnlyList<NatsAccount> asked = request.Accounts
            ?? (request.Resolver == ResolverKind.Memory ? [.. above.Store.Children(above).Cast<NatsAccount>()] : Array.Empty<NatsAccount>());
        if (asked.FirstOrDefault(account => account.Parent.Subject != above.Subject) is { } foreign)
        {
            throw ConfigWriter.Refused($"The {foreign.Path} does not belong to the {above.Path}, so its servers reject it.");
        }

        // A server looks up an account by its key, so it is written under its key.
        return asked
            .Concat(system is null ? [] : [system])
            .DistinctBy(account => account.Path)
            .Select(account => (TokenOf(account).Subject!, account));
    }
}
