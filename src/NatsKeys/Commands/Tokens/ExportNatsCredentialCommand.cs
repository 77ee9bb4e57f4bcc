using System.Management.Automation;
using System.Security;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Credentials;
using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives a user's credentials: into a file, as a secure string, or as plain text where that is asked for.</summary>
[Cmdlet(VerbsData.Export, Nouns.Credential, SupportsShouldProcess = true, DefaultParameterSetName = ToFile)]
[OutputType(typeof(FileInfo), ParameterSetName = [ToFile, ToDirectory])]
[OutputType(typeof(SecureString), ParameterSetName = [ToSecureString])]
[OutputType(typeof(string), ParameterSetName = [ToPlainText])]
public sealed class ExportNatsCredentialCommand : KeyRingCmdlet
{
    private const string ToFile = "Path";
    private const string ToDirectory = "Directory";
    private const string ToSecureString = "SecureString";
    private const string ToPlainText = "PlainText";
    private readonly HashSet<NatsStore> written = [];

    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument? User { get; set; }

    /// <summary>The file to write: a new one, readable by its owner alone. A folder gets <c>&lt;user&gt;.creds</c>. Without it: the place that the key root has for it.</summary>
    [Parameter(ParameterSetName = ToFile, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The folder to write to, as <c>&lt;user&gt;.creds</c> for each user. It is made where it is not there yet, for its owner alone.</summary>
    [Parameter(ParameterSetName = ToDirectory, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Directory { get; set; } = "";

    /// <summary>Replaces an existing file.</summary>
    [Parameter(ParameterSetName = ToFile)]
    [Parameter(ParameterSetName = ToDirectory)]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter(ParameterSetName = ToFile)]
    [Parameter(ParameterSetName = ToDirectory)]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Gives the credentials as a secure string, for a vault.</summary>
    [Parameter(ParameterSetName = ToSecureString, Mandatory = true)]
    public SwitchParameter AsSecureString { get; set; }

    /// <summary>Gives the credentials as plain text, for tools that take nothing else.</summary>
    [Parameter(ParameterSetName = ToPlainText, Mandatory = true)]
    public SwitchParameter AsPlainText { get; set; }

    private protected override object? CurrentItem => User;

    private protected override void ProcessItem()
    {
        NatsUser user = User!.Resolve(OpenStore);
        char[] text = CredentialFile.TextOf(user, KeysOf(user.Store));
        try
        {
            switch (ParameterSetName)
            {
                case ToSecureString:
                    WriteObject(SecureText.FromChars(text));
                    break;
                case ToPlainText:
                    WriteObject(new string(text));
                    break;
                default:
                    WriteFile(user, text);
                    break;
            }
        }
        finally
        {
            Array.Clear(text);
        }
    }

    private protected override void ProcessAll()
    {
        foreach (NatsStore store in written)
        {
            store.Flush();
        }
    }

    private void WriteFile(NatsUser user, char[] text)
    {
        bool isOwn = ParameterSetName == ToFile && Path is null;
        string path = isOwn ? DefaultPath(user) : Path is null ? System.IO.Path.Combine(FullPath(Directory), FileName(user)) : OutputPath(Path, FileName(user));
        if (!ShouldProcess(path, $"Write the credentials of {user.Path}"))
        {
            return;
        }

        // The file in the key root belongs to the store, which may renew it; others are somebody's own.
        CredentialFile.Write(user, text, path, overwrite: Force || isOwn);
        written.Add(user.Store);
        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    private static string FileName(NatsUser user) => user.Name + ".creds";

    private static string DefaultPath(NatsUser user) =>
        CredentialFile.DefaultPath(user) ?? throw new NatsKeysException(
            ErrorCode.FileAccess, $"The store of {user.Path} is {user.Store.Location} and has no place for credentials: give -Path, -AsSecureString or -AsPlainText.");
}
