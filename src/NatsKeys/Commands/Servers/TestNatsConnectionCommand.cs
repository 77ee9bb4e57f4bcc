using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.KeySources;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Tests whether servers accept a user. A rejection is a result, not an error.</summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Connection, DefaultParameterSetName = AsAnswer)]
[OutputType(typeof(bool), ParameterSetName = [AsAnswer])]
[OutputType(typeof(ConnectionTestResult), ParameterSetName = [AsReport])]
public sealed class TestNatsConnectionCommand : ConnectionCmdlet
{
    private const string AsAnswer = "Answer";
    private const string AsReport = "Report";
    private readonly SessionKeyRings keys;

    /// <summary>Creates the cmdlet.</summary>
    public TestNatsConnectionCommand() => keys = Own(new SessionKeyRings(Stopped));

    /// <summary>The credentials: an object, a file, or a user of the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The credentials.")]
    [PipelineInput]
    [Alias("User")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public CredentialArgument? Credential { get; set; }

    /// <summary>Returns a description of the result instead of true or false.</summary>
    [Parameter(ParameterSetName = AsReport)]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Asks the server what the user may do. The description of the result has it, so that is returned.</summary>
    [Parameter(ParameterSetName = AsReport)]
    public SwitchParameter ProbePermission { get; set; }

    private protected override object? CurrentItem => Credential;

    private protected override void ProcessItem()
    {
        using NatsCredential credential = Credential!.Open(Paths.Full, Stores.Open, keys.Of);
        ServerOptions options = Connection.Options(Server is null ? OwnerOf(credential) : null, Paths.Full);
        ConnectionTestResult report = PipelineTask.Wait(
            this, () => ConnectionTester.RunAsync(options, credential, () => FindOwner(credential), ProbePermission, Stopped));
        report = report with { Reason = report.Reason is { } reason ? RemedyAdvice.AddTo(reason, report.Remedy) : null };
        if (Detailed || ProbePermission)
        {
            WriteObject(report);
            return;
        }

        if (report.IsOpen)
        {
            WriteWarning(report.Reason!);
        }
        else if (!report.Succeeded)
        {
            WriteVerbose(report.Reason!);
        }

        WriteObject(report.Succeeded);
    }

    // A missing store is not an error: credentials and <c>-Server</c> are sufficient.
    internal override bool Reads => false;

    /// <summary>The operator of the user, if there is a readable store. Otherwise the answer of the server is reported as it is.</summary>
    private NatsOperator? FindOwner(NatsCredential credential)
    {
        try
        {
            return OwnerOf(credential);
        }
        catch (NatsKeysException) when (Store is null)
        {
            return null;
        }
    }

    /// <summary>The operator of the user, as far as the store knows it.</summary>
    private NatsOperator? OwnerOf(NatsCredential credential)
    {
        if (Credential!.User is { } user)
        {
            return user.Store.FindOperator(user.Operator);
        }

        NatsStore store = Stores.Open();
        return store.Names()
            .Where(name => store.FindAccountByKey(name, credential.IssuerAccount ?? "") is not null)
            .Select(name => store.FindOperator(name))
            .FirstOrDefault();
    }
}
