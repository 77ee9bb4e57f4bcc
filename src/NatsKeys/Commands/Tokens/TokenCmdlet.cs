using System.Management.Automation;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that read tokens, from text, objects or files.</summary>
public abstract class TokenCmdlet : NatsCmdlet
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";

    // The file whose lines come down the pipeline: each line of Get-Content names its file.
    private string? last;

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
                Each(LiteralPath, ProcessLiteral);
                break;
            default:
                ProcessToken();
                break;
        }
    }

    /// <summary>Reads the token in a file. If the lines of the file are piped, it is read once.</summary>
    private protected void ProcessLiteral(string path)
    {
        if (!MyInvocation.ExpectingInput || path != last)
        {
            last = path;
            ProcessFile(Paths.Literal(path));
        }
    }

    /// <summary>Reads the token in a file.</summary>
    private protected abstract void ProcessFile(string path);

    /// <summary>Reads the token of the current item.</summary>
    private protected abstract void ProcessToken();
}
