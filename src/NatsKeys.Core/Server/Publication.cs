using NatsKeys.Claims;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Trust;
using NatsKeys.Validation;

namespace NatsKeys.Server;

/// <summary>
/// A token of an account that may be given to servers. Servers take nearly any token and find out too late what is wrong with it, so what
/// they would not work with is refused here.
/// </summary>
public sealed class Publication
{
    private Publication(NatsAccount account, NatsJwt token)
    {
        Account = account;
        Token = token;
    }

    /// <summary>The account.</summary>
    public NatsAccount Account { get; }

    /// <summary>The token.</summary>
    public NatsJwt Token { get; }

    /// <summary>The token that the store has of an account.</summary>
    /// <param name="account">The account, in its newest state.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.CannotPublish"/>: servers would not accept it, or it is not what the store wants.</exception>
    public static Publication Of(NatsAccount account)
    {
        IReadOnlyList<Finding> findings = JwtValidator.CheckOne(account, account.Store.Clock.GetUtcNow());
        Require(account, findings);
        return new Publication(account, account.Document.ReadToken());
    }

    /// <summary>A token of an account, which need not be the one that the store has.</summary>
    /// <param name="update">The token.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.CannotPublish"/>: servers would not accept it, or it is not one of the account.</exception>
    public static Publication Of(ServerUpdate update)
    {
        var account = (NatsAccount)update.Entity;
        var findings = new Findings();
        NatsJwt? token = JwtValidator.TryRead(update.Token, findings);
        if (token is not null)
        {
            ClaimValidator.Check(token.Claims, account.Store.Clock.GetUtcNow(), findings);
            if (token.Kind != ClaimKind.Account || token.Subject != account.Subject)
            {
                findings.Add(TrustRules.AccountSubject, "sub", $"The token is not one of the {account.Path}.");
            }
            else if (!account.TrustedIssuers.Contains(token.Issuer))
            {
                findings.Add(ValidationRules.TrustIssuer, "iss", $"The token was signed by {token.Issuer}, which is not a key by which {account.Path.Parent} may sign.");
            }
        }

        Require(account, findings.All);
        return new Publication(account, token!);
    }

    /// <summary>The operator's list of keys must stand, too. Whether it has expired, servers do not ask.</summary>
    private static void Require(NatsAccount account, IReadOnlyList<Finding> own)
    {
        IEnumerable<Finding> above = JwtValidator.CheckOne(account.Parent, account.Store.Clock.GetUtcNow()).Where(finding => finding.Severity == FindingSeverity.Error);
        Finding[] found = [.. own.Where(finding => finding.Severity != FindingSeverity.Warning), .. above];
        if (found.Length > 0)
        {
            throw new NatsKeysException(ErrorCode.CannotPublish, $"The {account.Path} cannot be published: {Findings.Show(found)}. Nothing was sent.");
        }
    }
}
