using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Entities;
using NatsKeys.Server;

namespace NatsKeys.Commands;

/// <summary>How a server finds accounts.</summary>
public enum ResolverKind
{
    /// <summary>All accounts stand in the configuration.</summary>
    Memory,
}

/// <summary>Makes the part of a nats-server configuration that an operator determines.</summary>
[Cmdlet(VerbsCommon.New, Nouns.ServerConfig, SupportsShouldProcess = true, DefaultParameterSetName = AsText)]
[OutputType(typeof(string), ParameterSetName = [AsText])]
[OutputType(typeof(FileInfo), ParameterSetName = [ToFile])]
public sealed class NewNatsServerConfigCommand : StoreCmdlet
{
    private const string AsText = "Text";
    private const string ToFile = "Path";

    /// <summary>The operator. Not needed where there is only one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>How the server finds accounts.</summary>
    [Parameter(Mandatory = true)]
    public ResolverKind Resolver { get; set; }

    /// <summary>The file to write. Without it the configuration is the output.</summary>
    [Parameter(ParameterSetName = ToFile, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessItem()
    {
        NatsOperator found = OperatorArgument.Resolve(Operator, OpenStore);
        string config = ServerConfig.ForMemoryResolver(found);
        if (Path is null)
        {
            WriteObject(config);
            return;
        }

        string path = OutputPath(Path, found.Name + ".conf");
        if (ShouldProcess(path, $"Write the server configuration of {found.Path}"))
        {
            ServerConfig.Write(path, config, Force);
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }
        }
    }
}
