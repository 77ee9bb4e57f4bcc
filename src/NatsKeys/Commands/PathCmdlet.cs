using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Errors;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that read files, by paths with wildcards or by literal paths. Each file that fails is one error.</summary>
public abstract class PathCmdlet : NatsCmdlet
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";

    /// <summary>Files to read; wildcards are expanded.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The files to read.")]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The literal paths of the files to read.</summary>
    [Parameter(
        ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The literal paths of the files to read. Wildcards are not expanded.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private protected override void ProcessItem()
    {
        if (ParameterSetName is ByPath or ByLiteralPath)
        {
            foreach (string path in ParameterSetName == ByPath ? Path : LiteralPath)
            {
                Try(() => ProcessPath(path), path);
            }
        }
        else
        {
            ProcessOther();
        }
    }

    /// <summary>Reads one file.</summary>
    private protected abstract void ProcessFile(string path);

    /// <summary>Does the work of the parameter sets without files.</summary>
    private protected virtual void ProcessOther()
    {
    }

    /// <summary>Processes a text that is not a path, and returns whether it did. Cmdlets that read only files process none.</summary>
    private protected virtual bool TryText(string text) => false;

    private void ProcessPath(string path)
    {
        if (ParameterSetName == ByPath && TryText(path))
        {
            return;
        }

        if (ParameterSetName == ByLiteralPath)
        {
            ProcessLiteral(path);
            return;
        }

        FileLineException.Check(path);
        foreach (string file in Paths.Matching(path))
        {
            Try(() => ProcessFile(file), file);
        }
    }

    // A file may have any name, and a literal path is not a pattern.
    private void ProcessLiteral(string path)
    {
        string full = Paths.Literal(path);
        if (!System.IO.Path.Exists(full))
        {
            FileLineException.Check(path);
        }

        ProcessFile(full);
    }
}
