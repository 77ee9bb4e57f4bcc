using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.KeySources;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>Registers a key source: a place other than a store's key root from which this session takes private keys.</summary>
[Cmdlet(VerbsLifecycle.Register, Nouns.KeySource, SupportsShouldProcess = true, DefaultParameterSetName = OfEnvironment)]
[OutputType(typeof(KeySource))]
public sealed class RegisterNatsKeySourceCommand : NatsCmdlet
{
    private const string OfEnvironment = "EnvironmentVariable";
    private const string OfVault = "Vault";
    private const string OfSigner = "Signer";
    private const string OfCommand = "Command";

    // Long enough for a distant service, and for a person who must touch a hardware token.
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(1);

    /// <summary>Environment variables that each hold one seed. They need not be set yet. Each becomes a source of its own.</summary>
    [Parameter(ParameterSetName = OfEnvironment, Mandatory = true, Position = 0, HelpMessage = "Environment variables.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] EnvironmentVariable { get; set; } = [];

    /// <summary>A vault of SecretManagement, or of another module that offers Get-Secret.</summary>
    [Parameter(
        ParameterSetName = OfVault, Mandatory = true,
        HelpMessage = "A vault of SecretManagement, or of another module that offers Get-Secret -Vault -Name.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Vault { get; set; } = "";

    /// <summary>
    /// The names of the secrets: a text in which <c>{0}</c> stands for the public key, or a table of public keys and secret names. The default is the
    /// public key.
    /// </summary>
    [Parameter(ParameterSetName = OfVault)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public SecretNameArgument SecretName { get; set; } = SecretNameArgument.PublicKey;

    /// <summary>A script block that receives the bytes to sign, as <c>$_</c> and as its argument, and returns their signature.</summary>
    [Parameter(
        ParameterSetName = OfSigner, Mandatory = true,
        HelpMessage = "A script block that receives the bytes to sign, in $_ and as its argument, and returns their signature.")]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ScriptBlock? Signer { get; set; }

    /// <summary>A program that reads the bytes to sign from its standard input and writes their signature to its standard output.</summary>
    [Parameter(ParameterSetName = OfCommand, Mandatory = true, HelpMessage = "A program.")]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>The arguments of the program.</summary>
    [Parameter(ParameterSetName = OfCommand)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>How long the program may take for a signature; one minute by default.</summary>
    [Parameter(ParameterSetName = OfCommand)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? Timeout { get; set; }

    /// <summary>The public key of the source. A variable that holds another seed is an error; by default, it may hold any seed.</summary>
    [Parameter(ParameterSetName = OfEnvironment)]
    [Parameter(ParameterSetName = OfSigner, Mandatory = true, HelpMessage = "The public key of a script block or program.")]
    [Parameter(ParameterSetName = OfCommand, Mandatory = true, HelpMessage = "The public key of a script block or program.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RemoteKeyCompleter))]
    public string? PublicKey { get; set; }

    /// <summary>The name of the source. The default is that of the variable or vault, or the first letters of the public key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Name { get; set; }

    /// <summary>Replaces a source of the same name, and takes its place in the search order.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the source.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? CurrentItem => Name;

    private protected override void ProcessItem()
    {
        switch (ParameterSetName)
        {
            case OfVault:
                Register(new VaultKeySource(SessionState, Vault, SecretName, Name));
                break;
            case OfSigner:
                Register(OfScript(new ScriptBlockSigner(Signer!)));
                break;
            case OfCommand:
                Register(OfProgram(ProgramPath()));
                break;
            case var _ when Name is not null && EnvironmentVariable.Length > 1:
                throw new AdvisedException(
                    ErrorCode.KeySourceExists,
                    $"{EnvironmentVariable.Length} environment variables cannot all be the key source {SecretShape.Show(Name)}. Omit -Name, "
                        + "or register them one by one.");
            default:
                Each(EnvironmentVariable, variable => Register(new EnvironmentKeySource(variable, PublicKey, Name)));
                break;
        }
    }

    private void Register(KeySource source)
    {
        if (!ShouldProcess($"key source '{source.Name}' ({source.Location})", "Register"))
        {
            return;
        }

        SessionKeySources.Current.Add(source, replace: Force);
        if (PassThru)
        {
            WriteObject(source);
        }
    }

    private SignerKeySource OfScript(ScriptBlockSigner signer) =>
        new(KeySourceKind.Signer, PublicKey!, (data, _) => signer.Sign(data), "script block", Name);

    private SignerKeySource OfProgram(string path)
    {
        var program = new SigningProgram(
            path, ArgumentList, SessionState.Path.CurrentFileSystemLocation.ProviderPath, Timeout?.Patience ?? UsualPatience);
        return new SignerKeySource(KeySourceKind.Command, PublicKey!, program.Sign, path, Name);
    }

    private string ProgramPath() => (SessionState.InvokeCommand.GetCommand(Command, CommandTypes.Application) as ApplicationInfo)?.Path
        ?? throw new AdvisedException(
            ErrorCode.FileNotFound, $"There is no program '{Command}'. For a PowerShell command, use -Signer.");
}
