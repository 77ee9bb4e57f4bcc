using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Tells whether tokens are good: signature and time, and for entities of a store every link of the chain above them.</summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Jwt)]
[OutputType(typeof(bool), typeof(Finding))]
public sealed class TestNatsJwtCommand : NatsCmdlet
{
    /// <summary>A token's text, a token that was read, or an entity, which is checked with everything above it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The text of a token, a token object, or an entity.")]
    [PipelineInput]
    [Alias("Token", "Jwt")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// The tokens of the account and operator above, as entities, tokens that were read, or text: the token is then checked with its whole chain.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TokenArgument[] Parent { get; set; } = [];

    /// <summary>Gives what was found instead of true or false; nothing when all is well.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override object? CurrentItem => InputObject;

    private protected override void ProcessItem()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        IReadOnlyList<Finding> findings = InputObject!.BaseObject switch
        {
            NatsEntity entity => EntityValidator.Check(entity.Store.Get(entity.Path), now),
            NatsJwt jwt => JwtValidator.Check(jwt.Token, Parents(), now),
            NatsCredential credential => JwtValidator.Check(credential.Token.Token, Parents(), now),
            string text when string.IsNullOrWhiteSpace(text) =>
                throw new NatsKeysException(ErrorCode.TokenMalformed, "The input is an empty text, not a token."),
            string text => JwtValidator.Check(text, Parents(), now),
            var other => throw new NatsKeysException(ErrorCode.TokenMalformed, $"A {other.GetType().Name} is neither a token nor an entity."),
        };
        if (Detailed)
        {
            WriteObject(findings, enumerateCollection: true);
        }
        else
        {
            WriteObject(findings.All(finding => finding.Severity == FindingSeverity.Warning));
        }
    }

    private NatsJwt[] Parents() => [.. Parent.Select(parent => parent.Read())];
}
