using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Reads tokens, checks their signatures and shows what they state.</summary>
[Cmdlet(VerbsData.ConvertFrom, Nouns.Jwt, DefaultParameterSetName = ByToken)]
[OutputType(typeof(NatsJwt))]
public sealed class ConvertFromNatsJwtCommand : TokenCmdlet
{
    private const string ByToken = "Token";

    /// <summary>The text of a token, or an object that has a token: an entity, credentials or a file.</summary>
    [Parameter(
        ParameterSetName = ByToken, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The token.")]
    [Alias("Jwt")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TokenArgument? Token { get; set; }

    private protected override object? CurrentItem => Token ?? base.CurrentItem;

    private protected override void ProcessFile(string path) => WriteObject(SecretFile.ReadToken(path));

    private protected override void ProcessToken()
    {
        PSObject token = new(Token!.Read());
        if (Token.Entity?.SignedBy is { } signer)
        {
            // The token states only the key, and the store knows whose it is.
            token.Properties.Add(new PSNoteProperty(nameof(NatsEntity.SignedBy), signer), preValidated: true);
        }

        WriteObject(token);
    }
}
