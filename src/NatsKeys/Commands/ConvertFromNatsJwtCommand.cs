using System.Management.Automation;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Reads tokens, checks their signatures and shows what they state.</summary>
[Cmdlet(VerbsData.ConvertFrom, Nouns.Jwt, DefaultParameterSetName = ByToken)]
[OutputType(typeof(NatsJwt))]
public sealed class ConvertFromNatsJwtCommand : NatsCmdlet
{
    private const string ByToken = "Token";
    private const string ByLiteralPath = "LiteralPath";

    /// <summary>The token's text. Entities and their tokens may come down the pipeline.</summary>
    [Parameter(ParameterSetName = ByToken, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Jwt")]
    [ValidateNotNullOrEmpty]
    public string Token { get; set; } = "";

    /// <summary>A file that holds a token, bare or in a block: <c>.jwt</c> and <c>.creds</c> files.</summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true)]
    [Alias("PSPath", "Path")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    private protected override object CurrentItem => ParameterSetName == ByToken ? Token : LiteralPath;

    private protected override void ProcessItem() =>
        WriteObject(ParameterSetName == ByToken ? JwtReader.Read(Token) : SecretText.ReadToken(FullPath(LiteralPath)));
}
