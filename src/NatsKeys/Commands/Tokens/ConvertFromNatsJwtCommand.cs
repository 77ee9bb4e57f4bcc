using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Files;
using NatsKeys.Jwt;

namespace NatsKeys.Commands;

/// <summary>Reads tokens, checks their signatures and shows what they state.</summary>
[Cmdlet(VerbsData.ConvertFrom, Nouns.Jwt, DefaultParameterSetName = ByToken)]
[OutputType(typeof(NatsJwt))]
public sealed class ConvertFromNatsJwtCommand : NatsCmdlet
{
    private const string ByToken = "Token";
    private const string ByLiteralPath = "LiteralPath";

    /// <summary>The token's text, or something that has a token: an entity, credentials, a file.</summary>
    [Parameter(
        ParameterSetName = ByToken, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The token.")]
    [Alias("Jwt")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TokenArgument? Token { get; set; }

    /// <summary>A file that holds a token, bare or in a block: <c>.jwt</c> and <c>.creds</c> files.</summary>
    [Parameter(
        ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "A file that holds a token, bare or in a block.")]
    [Alias("PSPath", "LP", "Path")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    private protected override object? CurrentItem => ParameterSetName == ByToken ? Token : LiteralPath;

    private protected override void ProcessItem() =>
        WriteObject(ParameterSetName == ByToken ? Token!.Read() : SecretFile.ReadToken(Paths.Full(LiteralPath)));
}
