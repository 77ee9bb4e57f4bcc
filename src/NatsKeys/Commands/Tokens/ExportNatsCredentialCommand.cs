using System.Management.Automation;
using System.Security;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Formatting;
using NatsKeys.Inspection;
using NatsKeys.KeyRoot;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Exports the credentials of users: to a file, as a secure string, or as plain text.</summary>
[Cmdlet(VerbsData.Export, Nouns.Credential, SupportsShouldProcess = true, DefaultParameterSetName = ToFile)]
[OutputType(typeof(FileInfo), ParameterSetName = [ToFile, ToDirectory])]
[OutputType(typeof(SecureString), ParameterSetName = [ToSecureString])]
[OutputType(typeof(string), ParameterSetName = [ToPlainText])]
public sealed class ExportNatsCredentialCommand : SigningCmdlet, IDynamicParameters
{
    private const string ToFile = CredentialParameters.ToFile;
    private const string ToDirectory = "Directory";
    private const string ToSecureString = "SecureString";
    private const string ToPlainText = "PlainText";
    private readonly CredentialRefusals refusals = new();
    private readonly Dictionary<(EntityPath Account, string Reason), List<EntityPath>> refused = [];
    private readonly NamedRows rows;
    private CredentialParameters given = new();

    /// <summary>Creates the cmdlet.</summary>
    public ExportNatsCredentialCommand() => rows = new NamedRows(this);

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

    /// <summary>
    /// The folder to write to, as <c>&lt;user&gt;.creds</c> for each user. If it does not exist, it is created so that only its owner can access it.
    /// </summary>
    [Parameter(ParameterSetName = ToDirectory, Mandatory = true, HelpMessage = "The folder for the files <user>.creds.")]
    [ValidateNotNullOrEmpty]
    public string Directory { get; set; } = "";

    /// <summary>Replaces an existing file.</summary>
    [Parameter(ParameterSetName = ToFile)]
    [Parameter(ParameterSetName = ToDirectory)]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file that was written.</summary>
    [Parameter(ParameterSetName = ToFile)]
    [Parameter(ParameterSetName = ToDirectory)]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Returns the credentials as a secure string, for a vault.</summary>
    [Parameter(ParameterSetName = ToSecureString, Mandatory = true, HelpMessage = "Returns the credentials as a secure string, for a vault.")]
    public SwitchParameter AsSecureString { get; set; }

    /// <summary>Returns the credentials as plain text, for tools that accept nothing else.</summary>
    [Parameter(
        ParameterSetName = ToPlainText, Mandatory = true,
        HelpMessage = "Returns the credentials as plain text, for tools that accept nothing else.")]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Signs a copy of the user's token that expires sooner, such as in <c>15m</c>. The user in the store is not changed.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? Expires { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountSignerCompleter))]
    public override SigningKeyArgument? SigningKey { get; set; }

    private protected override object? CurrentItem => given.User is [var first, ..] ? first : null;

    private string? Path => given.Path;

    /// <summary>Gets the parameters for the users and the file. If the users come down the pipeline, the file is the first position.</summary>
    public object GetDynamicParameters() => given = MyInvocation.ExpectingInput ? new PipedCredentialParameters() : new CredentialParameters();

    private protected override void ProcessItem() => Each(given.User, Export);

    private void Export(UserArgument named)
    {
        NatsUser user = rows.Resolve(named, Account, Operator);
        string? path = ParameterSetName is ToFile or ToDirectory ? TargetOf(user) : null;
        if (path is not null)
        {
            Paths.RequireOnce(path, "Specify a folder with -Directory. Each user becomes a file in it.");
        }

        if (path is not null && !ShouldProcess(path, $"Write the credentials of {user.Path}"))
        {
            return;
        }

        if (Expires is null)
        {
            WarnOfRefusal(user);
        }

        using NatsCredential credential = Expires is null ? Changes.KeysOf(user.Store).CredentialOf(user) : Copy(user);
        if (path is null)
        {
            WriteText(credential);
        }
        else
        {
            WriteFile(user, credential, path);
        }
    }

    private protected override void ProcessAll()
    {
        // A problem of an account is reported once, however many users it has.
        foreach (((_, string reason), List<EntityPath> users) in refused)
        {
            WriteWarning($"Servers refuse the credentials of the {PathNames.Of(users)}: {reason}");
        }

        if (SigningKey is not null && Expires is null)
        {
            WriteWarning("Nothing is signed without -Expires, so -SigningKey was not used.");
        }
    }

    /// <summary>Records why servers will reject the credentials, if the store knows a reason.</summary>
    private void WarnOfRefusal(NatsUser user)
    {
        if (refusals.Of(user) is not { } reason)
        {
            return;
        }

        if (!refused.TryGetValue((user.Parent.Path, reason), out List<EntityPath>? users))
        {
            refused[(user.Parent.Path, reason)] = users = [];
        }

        users.Add(user.Path);
    }

    private NatsCredential Copy(NatsUser user)
    {
        DateTimeOffset expires = Expires!.Require(nameof(Expires), "For credentials that expire with the user, omit it.");
        return Changes.Editor(user.Store).CopyCredential(user, expires, ChosenKey());
    }

    private string TargetOf(NatsUser user) => Path is not null ? Paths.FileToWrite(Path, FileName(user))
        : ParameterSetName == ToDirectory ? System.IO.Path.Combine(Paths.Full(Directory), FileName(user))
        : Expires is null ? CredentialFile.RequireDefaultPath(user, "specify -Path, -AsSecureString or -AsPlainText")
        : throw new AdvisedException(
            ErrorCode.FileExists,
            $"The key root keeps only the current credentials of the {user.Path}. Specify -Path, -Directory, -AsSecureString or -AsPlainText "
                + "for a copy that expires.");

    private void WriteText(NatsCredential credential)
    {
        char[] text = CredentialFormat.Write(credential.Token.Token, credential.KeyPair);
        try
        {
            WriteObject(AsPlainText ? new string(text) : SecureStrings.FromChars(text));
        }
        finally
        {
            Array.Clear(text);
        }
    }

    private void WriteFile(NatsUser user, NatsCredential credential, string path)
    {
        // The file in the key root belongs to the store, which may overwrite it. Other files belong to the user.
        bool isOwn = ParameterSetName == ToFile && Path is null;
        Stores.FlushAtEnd(user.Store);
        CredentialFile.Write(user, credential, path, overwrite: Force || isOwn);
        if (PassThru)
        {
            Paths.WriteItem(path);
        }
    }

    private static string FileName(NatsUser user) => user.Name + KeyRootLayout.CredentialExtension;
}
