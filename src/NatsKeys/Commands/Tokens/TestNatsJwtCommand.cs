using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Exchange;
using NatsKeys.Files;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// Tests whether tokens are valid: their signature and validity period, and for entities of a store every link of the chain above them.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Jwt, DefaultParameterSetName = ByToken)]
[OutputType(typeof(bool), typeof(Finding))]
public sealed class TestNatsJwtCommand : TokenCmdlet
{
    private const string ByToken = "Token";

    // Whether the lines of a file are piped, of which a line between hyphens was the first.
    private bool isInBlock;
    private bool isAnyChecked;

    /// <summary>A token's text, a token that was read, a file that holds one, or an entity, which is checked with everything above it.</summary>
    [Parameter(
        ParameterSetName = ByToken, Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "The text of a token, a token object, or an entity.")]
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

    /// <summary>Returns the findings instead of true or false. Without findings, nothing is returned.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override object? CurrentItem => InputObject ?? base.CurrentItem;

    private protected override void ProcessFile(string path) => Check(SecretFile.FindToken(path));

    private protected override void ProcessToken()
    {
        switch (InputObject!.BaseObject)
        {
            case NatsEntity entity:
                Write(EntityValidator.Check(entity.Store.Get(entity.Path), TimeProvider.System.GetUtcNow()));
                break;
            case NatsJwt jwt:
                Check(jwt.Token);
                break;
            case NatsCredential credential:
                Check(credential.Token.Token);
                break;
            case FileInfo file:
                ProcessFile(file.FullName);
                break;
            case string when MyInvocation.ExpectingInput && InputObject.Properties["PSPath"]?.Value is string path
                && InputObject.Properties["ReadCount"] is not null:
                ProcessLiteral(path);
                break;
            case string text when MyInvocation.ExpectingInput && (isInBlock || TextSource.IsFrame(text)):
                isInBlock = true;
                if (TokenFinder.IsLikely(text.Trim()))
                {
                    Check(text.Trim());
                }

                break;
            case string text when string.IsNullOrWhiteSpace(text):
                throw new NatsKeysException(ErrorCode.TokenMalformed, "The input is an empty text, not a token.");
            case string text:
                Check(TokenText.Of(text));
                break;
            case var _ when InputObject.Properties["PSPath"]?.Value is string path:
                ProcessFile(Paths.Literal(path));
                break;
            case var other:
                throw new NatsKeysException(ErrorCode.TokenMalformed, $"A {other.GetType().Name} is neither a token nor an entity.");
        }
    }

    private protected override void ProcessAll()
    {
        if (isInBlock && !isAnyChecked)
        {
            throw new AdvisedException(
                ErrorCode.TokenMalformed,
                "The piped lines have no token: none of them begins with eyJ. Pass a file with -Path, or its whole text with Get-Content -Raw.");
        }
    }

    private void Check(string token)
    {
        isAnyChecked = true;
        Write(JwtValidator.Check(token, [.. Parent.Select(parent => parent.Read())], TimeProvider.System.GetUtcNow()));
    }

    private void Write(IReadOnlyList<Finding> findings)
    {
        if (Detailed)
        {
            WriteObject(findings, enumerateCollection: true);
        }
        else
        {
            WriteObject(!findings.Any(finding => finding.Severity < FindingSeverity.Warning));
        }
    }
}
