using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Exchange;
using NatsKeys.KeyRoot;
using NatsKeys.KeySources;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Writes a context for natscli, with which the nats command connects as a user.</summary>
[Cmdlet(VerbsData.Export, Nouns.Context, SupportsShouldProcess = true, DefaultParameterSetName = ToFolder)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNatsContextCommand : StoreCmdlet, IDynamicParameters
{
    private const string ToFolder = ContextParameters.ToFolder;
    private const string ToFile = "Path";
    private readonly SessionKeyRings keys;
    private readonly NamedRows rows;
    private ContextParameters given = new();
    private bool? tlsFirst;

    /// <summary>Creates the cmdlet.</summary>
    public ExportNatsContextCommand()
    {
        keys = Own(new SessionKeyRings(Stopped));
        rows = new NamedRows(this);
    }

    /// <summary>The account of the user. The default is all accounts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the user. The default is all operators.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The file to write. Without it: the context's place in natscli's own folder.</summary>
    [Parameter(ParameterSetName = ToFile, Mandatory = true, HelpMessage = "The file to write, instead of one in the folder of natscli.")]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The addresses of servers. Without it: the service URLs of the operator.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServerUrlCompleter))]
    public string[]? Server { get; set; }

    /// <summary>The credentials file of the user. Without it: its place in the key root.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CredentialPath { get; set; }

    /// <summary>Also writes the credentials file.</summary>
    [Parameter]
    public SwitchParameter ExportCredential { get; set; }

    /// <summary>A PEM file with the certificate authorities that are trusted to certify the servers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>A PEM file with the certificate of the client.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Certificate { get; set; }

    /// <summary>A PEM file with the key of the client's certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateKey { get; set; }

    /// <summary>Starts connections with a TLS handshake, before the server sends anything.</summary>
    [Parameter]
    public SwitchParameter TlsFirst
    {
        get => tlsFirst ?? false;
        set => tlsFirst = value;
    }

    /// <summary>The description of the context.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Description { get; set; }

    /// <summary>The domain of JetStream.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? JetStreamDomain { get; set; }

    /// <summary>The prefix of the subjects on which replies are received.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? InboxPrefix { get; set; }

    /// <summary>Selects the context, so that natscli uses it by default.</summary>
    [Parameter(ParameterSetName = ToFolder)]
    public SwitchParameter Select { get; set; }

    /// <summary>Replaces existing files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file of the context.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? CurrentItem => given.User is [var first, ..] ? first : null;

    /// <summary>Gets the parameters for the users and the name. If the users come down the pipeline, the name is the first position.</summary>
    public object GetDynamicParameters() => given = MyInvocation.ExpectingInput ? new PipedContextParameters() : new ContextParameters();

    private protected override void ProcessItem() => Each(given.User, Export);

    private void Export(UserArgument named)
    {
        NatsUser user = rows.Resolve(named, Account, Operator);
        string name = ContextFolder.Check(given.Name ?? $"{user.Operator}_{user.Account}_{user.Name}");
        string path = Path is null ? ContextFolder.PathOf(name) : Paths.FileToWrite(Path, name + ".json");
        ClientContext context = Describe(user);
        string text = context.Write(Force ? ContextFolder.Read(path) : null);
        context.RequireCertificates(TimeProvider.System.GetUtcNow());
        if (!ExportCredential)
        {
            context.RequireCredentials(user);
        }

        if (!ShouldProcess(path, $"Write a context of natscli for {user.Path}"))
        {
            return;
        }

        if (!Force)
        {
            ContextFolder.RequireFree(path);
        }

        if (ExportCredential)
        {
            WriteCredentials(user, context.CredentialPath);
        }

        ContextFolder.Write(path, text, Force);
        if (Select)
        {
            ContextFolder.Select(name);
        }

        if (PassThru)
        {
            Paths.WriteItem(path);
        }
    }

    private ClientContext Describe(NatsUser user)
    {
        string credentials = CredentialPath is null
            ? CredentialFile.RequireDefaultPath(user, "specify -CredentialPath")
            : Paths.FileToWrite(CredentialPath, user.Name + KeyRootLayout.CredentialExtension);
        return new ClientContext(credentials)
        {
            Description = Description ?? $"User {user.Name} of account {user.Account}, operator {user.Operator}",
            Servers = Server ?? user.Store.GetShared<NatsOperator>(user.Path.Parent!.Parent!).ServiceUrls,
            JetStreamDomain = JetStreamDomain,
            InboxPrefix = InboxPrefix,
            CertificateAuthority = CertificateAuthority is null ? null : Paths.Full(CertificateAuthority),
            Certificate = Certificate is null ? null : Paths.Full(Certificate),
            CertificateKey = CertificateKey is null ? null : Paths.Full(CertificateKey),
            TlsFirst = tlsFirst,
        };
    }

    private void WriteCredentials(NatsUser user, string path)
    {
        using NatsCredential credential = keys.Of(user.Store).CredentialOf(user);
        Stores.FlushAtEnd(user.Store);
        CredentialFile.Write(user, credential, path, overwrite: Force || CredentialPath is null);
    }
}
