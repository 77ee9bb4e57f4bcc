using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Security;
using NatsKeys.Binding;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.KeySources;

/// <summary>A vault of SecretManagement, or of another module with the command Get-Secret. Each of its secrets is a seed.</summary>
internal sealed class VaultKeySource : SeedSource
{
    private const string GetSecret = "Get-Secret";

    // The ID of SecretManagement's own error. If the vault failed, another error precedes it.
    private const string NotFound = "GetSecretNotFound";
    private readonly SessionState session;
    private readonly string vault;
    private readonly SecretNameArgument secrets;

    /// <param name="session">The session in which the command is found.</param>
    /// <param name="vault">The vault.</param>
    /// <param name="secrets">The names of its secrets.</param>
    /// <param name="name">The name of the source; null for the name of the vault.</param>
    public VaultKeySource(SessionState session, string vault, SecretNameArgument secrets, string? name)
        : base(name ?? vault)
    {
        this.session = session;
        this.vault = RequireName(vault, "vault");
        this.secrets = secrets;
        foreach (string secret in secrets.Names())
        {
            RequireName(secret, "secret");
        }
    }

    public override KeySourceKind Kind => KeySourceKind.Vault;

    public override string Location => $"vault {vault}, secrets {secrets}";

    public override IReadOnlyList<string> PublicKeys => new PrintableList<string>(secrets.PublicKeys);

    protected override bool IsFor(string publicKey) => secrets.NamesKey;

    protected override NatsKeyPair? Read(string publicKey)
    {
        if (secrets.For(publicKey) is not { } secret)
        {
            return null;
        }

        return Ask(secret) switch
        {
            null => null,
            SecureString hidden => Parse(hidden),
            string text => Parse(text),
            var other => throw Fault(ErrorCode.KeySourceFailed, $"The secret '{secret}' is a {other.GetType().Name}, not text."),
        };
    }

    private NatsKeyPair? Parse(SecureString hidden)
    {
        NatsKeyPair? key = null;
        SecureStrings.Use(hidden, text => key = Parse(text));
        return key;
    }

    private static bool IsNotFound(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0] == NotFound;

    private object? Ask(string secret)
    {
        if (session.InvokeCommand.GetCommand(GetSecret, CommandTypes.All) is null)
        {
            throw Fault(ErrorCode.KeySourceFailed, $"There is no command {GetSecret}. It is in the module Microsoft.PowerShell.SecretManagement.");
        }

        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);

        // The session's preferences must not hide errors.
        shell.AddCommand(GetSecret).AddParameter("Name", secret).AddParameter("Vault", vault).AddParameter("ErrorAction", ActionPreference.Continue);
        Collection<PSObject> output;
        try
        {
            output = shell.Invoke();
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw Failed(secret, error.ErrorRecord);
        }

        Forget(shell.Streams.Error.Count(IsNotFound));
        return output.Count switch
        {
            0 => shell.Streams.Error.FirstOrDefault(error => !IsNotFound(error)) is { } failure ? throw Failed(secret, failure) : null,
            1 => output[0]?.BaseObject,
            _ => throw Fault(ErrorCode.KeySourceFailed, $"The secret '{secret}' is not one text."),
        };
    }

    /// <summary>
    /// Removes errors from the session's list. It is not an error that a vault does not have a key, because other sources are asked.
    /// </summary>
    private void Forget(int errors)
    {
        if (errors > 0 && session.PSVariable.GetValue("global:Error") is ArrayList list)
        {
            list.RemoveRange(0, Math.Min(errors, list.Count));
        }
    }

    private NatsKeysException Failed(string secret, ErrorRecord error)
    {
        string reason = error.Exception.InnerException is { } inner ? $"{error} {inner.Message}" : error.ToString();
        return Fault(ErrorCode.KeySourceFailed, $"The secret '{secret}' could not be read: {reason}", error.Exception);
    }
}
