using System.Management.Automation;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that read tokens, from text, objects or files.</summary>
public abstract class TokenCmdlet : NatsCmdlet
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";

    /// <summary>Files that hold a token, bare or in a block; wildcards are expanded.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true, HelpMessage = "The files that hold a token.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The literal paths of files that hold a token.</summary>
    [Parameter(
        ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The literal paths of the files that hold a token. Wildcards are not expanded.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private protected override object? CurrentItem => ParameterSetName switch
    {
        ByPath => Path is [var only] ? only : Path,
        ByLiteralPath => LiteralPath is [var only] ? only : LiteralPath,
        _ => null,
    };

    private protected sealed override void ProcessItem()
    {
        switch (ParameterSetName)
        {
            case ByPath:
                Each(Path, path => Each(Paths.Matching(path), ProcessFile));
                break;
            case ByLiteralPath:
                Each(LiteralPath, path => ProcessFile(Paths.Literal(path)));
                break;
            default:
                ProcessToken();
                break;
        }
    }

    /// <summary>Reads the token in a file.</summary>
    private protected abstract void ProcessFile(string path);

    /// <summary>Reads the token of the current item.</summary>
    private protected abstract void ProcessToken();
}
