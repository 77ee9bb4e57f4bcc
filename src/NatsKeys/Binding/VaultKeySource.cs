using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Security;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Binding;

/// <summary>A vault of SecretManagement, or of whatever else offers the command Get-Secret. Each of its secrets is a seed.</summary>
internal sealed class VaultKeySource : SeedSource
{
    private const string GetSecret = "Get-Secret";

    // The id of SecretManagement's own error. Where its vault failed, another one comes before it.
    private const string NotFound = "GetSecretNotFound";
    private readonly string vault;
    private readonly SecretNameArgument secrets;

    public VaultKeySource(string vault, SecretNameArgument secrets, string? name)
        : base(name ?? RequireName(vault, "vault"))
    {
        this.vault = RequireName(vault, "vault");
        this.secrets = secrets;
        foreach (string secret in secrets.Names)
        {
            RequireName(secret, "secret");
        }
    }

    public override KeySourceKind Kind => KeySourceKind.Vault;

    public override string Location => $"vault {vault}, secrets {secrets}";

    public override IReadOnlyList<string> PublicKeys => secrets.PublicKeys;

    protected override bool IsFor(string publicKey) => secrets.NamesKey;

    protected override NatsKeyPair? Read(string publicKey)
    {
        if (secrets.For(publicKey) is not { } secret)
        {
            return null;
        }

        object? value = Ask(secret);
        NatsKeyPair? key = null;
        switch (value)
        {
            case null:
                break;
            case SecureString hidden:
                SecureText.Use(hidden, text => key = Parse(text));
                break;
            case string text:
                key = Parse(text);
                break;
            default:
                throw Fault(ErrorCode.KeySourceFailed, $"The secret '{secret}' is a {value.GetType().Name}, not text.");
        }

        return key;
    }

    /// <summary>Asks the vault in the session that runs, where its command is found.</summary>
    private object? Ask(string secret)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);

        // The preferences of the session must not hide what went wrong.
        shell.AddCommand(GetSecret).AddParameter("Name", secret).AddParameter("Vault", vault).AddParameter("ErrorAction", ActionPreference.Continue);
        Collection<PSObject> output;
        try
        {
            output = shell.Invoke();
        }
        catch (CommandNotFoundException error) when (error.CommandName == GetSecret)
        {
            throw Fault(ErrorCode.KeySourceFailed, $"There is no command {GetSecret}. The module Microsoft.PowerShell.SecretManagement has it.", error);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw Failed(secret, error.ErrorRecord);
        }

        if (output.Count == 0 && shell.Streams.Error.FirstOrDefault(error => !IsNotFound(error)) is { } failure)
        {
            throw Failed(secret, failure);
        }

        return output.Count == 1 ? output[0]?.BaseObject : output.Count == 0 ? null : throw Fault(ErrorCode.KeySourceFailed, $"The secret '{secret}' is not one text.");
    }

    private static bool IsNotFound(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0] == NotFound;

    private NatsKeysException Failed(string secret, ErrorRecord error)
    {
        string reason = error.Exception.InnerException is { } inner ? $"{error} {inner.Message}" : error.ToString();
        return Fault(ErrorCode.KeySourceFailed, $"The secret '{secret}' could not be read: {reason}", error.Exception);
    }
}
