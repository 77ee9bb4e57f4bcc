using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// Checks whether accounts can be published. Servers accept nearly any token and report its errors only when it is used, so this refuses accounts
/// that would not work.
/// </summary>
internal sealed class PublicationChecker
{
    // The last operator without errors. It is not checked again, because many accounts have the same operator.
    private NatsEntity? fitOperator;

    /// <summary>Checks the token of an account in the store.</summary>
    /// <param name="account">The current state of the account.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CannotPublish"/>: servers would not accept it, or the account has unsigned changes.
    /// </exception>
    public PublishableAccount Check(NatsAccount account)
    {
        Require(account, EntityValidator.CheckOne(account, account.Store.Clock.GetUtcNow()));
        return new PublishableAccount(account, JwtReader.ReadUnchecked(account.Jwt!));
    }

    /// <summary>Checks a token of an account, which may differ from the one in the store.</summary>
    /// <param name="update">The token.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CannotPublish"/>: servers would not accept it, or it belongs to another account.
    /// </exception>
    public PublishableAccount Check(ServerUpdate update)
    {
        // The operator may have been signed again after the entity of the update was read.
        NatsAccount account = update.Entity.Store.GetShared<NatsAccount>(update.Entity.Path);
        var findings = new Findings();
        NatsJwt? token = JwtValidator.TryRead(update.Token, findings);
        if (token is not null)
        {
            ClaimValidator.Check(token.Claims, account.Store.Clock.GetUtcNow(), findings);
            if (token.Kind != ClaimKind.Account || token.Subject != account.Subject)
            {
                findings.Add(TrustRules.AccountSubject, "sub", $"The token does not belong to the {account.Path}.");
            }
            else if (account.FaultOf(token.Claims, token.Issuer) != SignerFault.None)
            {
                findings.Add(
                    ValidationRules.TrustIssuer,
                    "iss",
                    $"The token was signed by {token.Issuer}, which is not a key of {account.Path.Parent}.");
            }
        }

        Require(account, findings.All);
        return new PublishableAccount(account, token!);
    }

    private void Require(NatsAccount account, IReadOnlyList<Finding> own)
    {
        Finding[] found = [.. own.Where(finding => finding.Severity != FindingSeverity.Warning), .. Above(account), .. StopsServers(account)];
        if (found.Length > 0)
        {
            throw new NatsKeysException(
                ErrorCode.CannotPublish, $"The {account.Path} cannot be published: {Findings.Show(found)}. Nothing was sent.");
        }
    }

    /// <summary>Gets the findings that servers do not report, but that prevent them from restarting.</summary>
    private static Finding[] StopsServers(NatsAccount account)
    {
        var findings = new Findings();
        if (account.Document.Signed is AccountClaims signed
            && SystemAccountCheck.FaultOf(account.Parent.Claims, signed, account.Path.ToString()) is { } fault)
        {
            findings.Add(ValidationRules.SystemJetStream, "limits", fault);
        }

        return [.. findings.All];
    }

    /// <summary>The findings about the operator, whose list of keys must be signed, too. Servers ignore its expiry.</summary>
    private Finding[] Above(NatsAccount account)
    {
        if (ReferenceEquals(account.Parent, fitOperator))
        {
            return [];
        }

        Finding[] found = [.. EntityValidator.CheckOne(account.Parent, account.Store.Clock.GetUtcNow())
            .Where(finding => finding.Severity == FindingSeverity.Error)];
        fitOperator = found.Length == 0 ? account.Parent : fitOperator;
        return found;
    }
}

/// <summary>A token of an account that servers accept.</summary>
/// <param name="Account">The account.</param>
/// <param name="Token">The token.</param>
internal sealed record PublishableAccount(NatsAccount Account, NatsJwt Token);
