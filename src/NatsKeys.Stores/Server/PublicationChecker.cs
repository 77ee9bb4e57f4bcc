using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// Finds out whether accounts may be given to servers. These take nearly any token and find out too late what is wrong with it, so what they
/// would not work with is refused here.
/// </summary>
internal sealed class PublicationChecker
{
    // Many accounts have one operator.
    private NatsEntity? fitOperator;

    /// <summary>The token that the store has of an account.</summary>
    /// <param name="account">The account, in its newest state.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CannotPublish"/>: servers would not accept it, or it is not what the store wants.
    /// </exception>
    public PublishableAccount Check(NatsAccount account)
    {
        Require(account, EntityValidator.CheckOne(account, account.Store.Clock.GetUtcNow()));
        return new PublishableAccount(account, JwtReader.ReadUnchecked(account.Jwt!));
    }

    /// <summary>A token of an account, which need not be the one that the store has.</summary>
    /// <param name="update">The token.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CannotPublish"/>: servers would not accept it, or it is not one of the account.
    /// </exception>
    public PublishableAccount Check(ServerUpdate update)
    {
        // What stands above it may have been signed again after the entity of the update was.
        var account = (NatsAccount)update.Entity.Store.GetShared(update.Path);
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

    /// <summary>With what servers take and do not start with afterwards.</summary>
    private static Finding[] StopsServers(NatsAccount account)
    {
        var findings = new Findings();
        if (account.Document.Signed is AccountClaims signed
            && SystemAccountCheck.FaultOf(((NatsOperator)account.Parent).Claims, signed, account.Path.ToString()) is { } fault)
        {
            findings.Add(ValidationRules.SystemJetStream, "limits", fault);
        }

        return [.. findings.All];
    }

    /// <summary>What is wrong with the operator, whose list of keys must stand, too. Whether it has expired, servers do not ask.</summary>
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
