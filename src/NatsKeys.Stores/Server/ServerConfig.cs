using System.Text;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Configurations for nats-server in operator mode. What a server would not start with is refused.</summary>
internal static class ServerConfig
{
    /// <summary>
    /// The configuration: what the server is, the operator, the system account, the resolver, and the accounts that are known from the start.
    /// </summary>
    /// <param name="request">What shall stand in it.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>; the message says what is wrong.</exception>
    public static string Make(ServerConfigRequest request)
    {
        request.Settings.Check(request.Resolver);
        request.Server.Check();
        NatsJwt token = OperatorToken(request.Operator);
        var claims = (OperatorClaims)token.Claims;
        NatsAccount? system = FindSystemAccount(request, claims);

        var text = new ConfigWriter();
        request.Server.Write(text);
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

        request.Settings.Write(text, request.Resolver);
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

    /// <summary>The text of a file to which a configuration refers for its operator.</summary>
    /// <param name="operatorEntity">The operator.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>: no server can take the operator.</exception>
    public static string OperatorText(NatsOperator operatorEntity) => OperatorToken(operatorEntity).Token + "\n";

    /// <summary>Writes a configuration and what belongs to it. There is no secret in it, but it is for its owner alone, as nsc does it.</summary>
    /// <param name="files">The files with their texts: first those to which others refer.</param>
    /// <param name="overwrite">Whether existing files are replaced. Where one may not be, none is written.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(IReadOnlyList<(string Path, string Text)> files, bool overwrite)
    {
        if (files.DistinctBy(file => PathSpelling.Of(file.Path), StringComparer.OrdinalIgnoreCase).Count() < files.Count)
        {
            throw ConfigWriter.Refused($"The file '{files[0].Path}' cannot be both the configuration and the operator's.");
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

    /// <summary>The operator's token, which a server must be able to trust.</summary>
    private static NatsJwt OperatorToken(NatsOperator operatorEntity)
    {
        NatsJwt token = TokenOf(operatorEntity);
        var claims = (OperatorClaims)token.Claims;

        // Expiry and issuer of an operator do not matter to servers, and most rules do not either.
        string? fault = claims is { StrictSigningKeyUsage: true, SigningKeys.Count: 0 }
            ? "it requires signing keys and has none"
            : ClaimValidator.Check(claims, operatorEntity.Store.Clock.GetUtcNow()).FirstOrDefault(StopsServer)?.Message;
        return fault is null ? token : throw ConfigWriter.Refused($"Servers do not start with the {operatorEntity.Path}: {fault}");
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

    /// <summary>The system account that the operator's token names, or else the one that was asked for.</summary>
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
                : null;
            return user is null ? null : throw ConfigWriter.Refused(
                $"The {request.Operator.Path} has no system account, and a server with {user} requires one. Create one.",
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

        // Under its own key: a server looks an account up by it.
        return asked
            .Concat(system is null ? [] : [system])
            .DistinctBy(account => account.Path)
            .Select(account => (TokenOf(account).Subject!, account));
    }
}
