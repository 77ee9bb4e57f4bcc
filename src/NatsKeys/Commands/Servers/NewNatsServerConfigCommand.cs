using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Creates the part of a nats-server configuration that an operator determines, with further settings as requested.</summary>
[Cmdlet(VerbsCommon.New, Nouns.ServerConfig, SupportsShouldProcess = true, DefaultParameterSetName = AsText)]
[OutputType(typeof(string), ParameterSetName = [AsText])]
[OutputType(typeof(FileInfo), ParameterSetName = [ToFile])]
public sealed partial class NewNatsServerConfigCommand : StoreCmdlet
{
    private const string AsText = "Text";
    private const string ToFile = "Path";

    /// <summary>The operator. Not needed if there is only one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [EntityInput(typeof(OperatorArgument))]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>How the server finds accounts.</summary>
    [Parameter(Mandatory = true, HelpMessage = "How the server finds accounts.")]
    [NoSeed]
    public ResolverKind Resolver { get; set; }

    /// <summary>The file to write. By default, the configuration is the output.</summary>
    [Parameter(ParameterSetName = ToFile, Mandatory = true, Position = 0, HelpMessage = "The file to write.")]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file to write the operator's token to; the configuration names it. By default, the configuration contains the token.</summary>
    [Parameter(ParameterSetName = ToFile)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? OperatorPath { get; set; }

    /// <summary>The accounts that the server knows from the start.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>The system account, if the operator names none.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? SystemAccount { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file that was written.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter PassThru { get; set; }

    private protected override object? CurrentItem => Operator;

    private protected override void ProcessItem()
    {
        NatsOperator found = OperatorArgument.Resolve(Operator, Stores.Open);
        string? operatorPath = OperatorPath is null ? null : Paths.FileToWrite(OperatorPath, found.Name + ".jwt");
        string config = ServerConfig.Make(new ServerConfigRequest(found, Resolver)
        {
            Accounts = Account?.Select(account => Named(account, found)).ToArray(),
            SystemAccount = SystemAccount is null ? null : Named(SystemAccount, found),
            OperatorFile = operatorPath,
            Settings = ResolverSettings(),
            Server = ServerSettings(found),
            Versions = ServerVersionAttribute.Read(ServerVersion),
            Sentinel = DefaultSentinel?.Read(found),
            TrustedProxies = [.. TrustedProxy.Select(KeyOf)],
            PinnedAccounts = [.. PinnedAccount.Select(account => account.Key(found.Store, found.Name))],
        });
        if (Path is null)
        {
            WriteObject(config);
            return;
        }

        string path = Paths.FileToWrite(Path, found.Name + ".conf");
        if (ShouldProcess(operatorPath is null ? path : $"{operatorPath} and {path}", $"Write the server configuration of {found.Path}"))
        {
            ServerConfig.Write(operatorPath is null ? [(path, config)] : [(operatorPath, ServerConfig.OperatorText(found)), (path, config)], Force);
            if (PassThru)
            {
                Paths.WriteItem(path);
            }
        }
    }

    /// <summary>Finds an account of this operator, even if other operators have an account of that name.</summary>
    private static NatsAccount Named(AccountArgument account, NatsOperator above) =>
        AccountArgument.Resolve(account, ((IEntityArgument)account).IsObject ? null : new OperatorArgument(above.Name), () => above.Store);
}
