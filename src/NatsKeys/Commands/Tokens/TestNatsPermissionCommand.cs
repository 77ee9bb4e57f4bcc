using System.Management.Automation;
using System.Net;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Tests whether a server would let a user publish to a subject or subscribe to it.</summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Permission, DefaultParameterSetName = ToPublish)]
[OutputType(typeof(bool), typeof(PermissionVerdict))]
public sealed class TestNatsPermissionCommand : StoreCmdlet
{
    private const string ToPublish = "Publish";
    private const string ToSubscribe = "Subscribe";

    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The user.")]
    [EntityInput(typeof(UserArgument))]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument? User { get; set; }

    /// <summary>The subject to publish to.</summary>
    [Parameter(ParameterSetName = ToPublish, Mandatory = true, HelpMessage = "The subject to publish to, without wildcards.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Publish { get; set; } = "";

    /// <summary>The subject to subscribe to; wildcards must be covered as a whole.</summary>
    [Parameter(ParameterSetName = ToSubscribe, Mandatory = true, HelpMessage = "The subject to subscribe to.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Subscribe { get; set; } = "";

    /// <summary>The queue group of the subscription.</summary>
    [Parameter(ParameterSetName = ToSubscribe)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Queue { get; set; }

    /// <summary>The time at which the user connects; the default is now.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? At { get; set; }

    /// <summary>How the user connects.</summary>
    [Parameter]
    [ConnectionType]
    [ArgumentCompleter(typeof(ConnectionTypeCompleter))]
    public string ConnectionType { get; set; } = "STANDARD";

    /// <summary>The address from which the user connects. By default, source networks are not checked.</summary>
    [Parameter]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IPAddress? RemoteAddress { get; set; }

    /// <summary>
    /// The server versions for which the answer must hold. The default is the newest version; the details then name older versions that decide
    /// otherwise.
    /// </summary>
    [Parameter]
    [ServerVersion]
    [ArgumentCompleter(typeof(ServerVersionCompleter))]
    public string[]? ServerVersion { get; set; }

    /// <summary>Returns the deciding rule instead of true or false.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override object? CurrentItem => User;

    private protected override void ProcessItem()
    {
        DateTimeOffset time = At?.Require(nameof(At), "For the current time, omit it.") ?? TimeProvider.System.GetUtcNow();
        NatsUser user = User!.Resolve(Stores.Open);
        ServerTrust trust = StoreTrust.Of(user);
        ServerVersions? asked = ServerVersionAttribute.Read(ServerVersion);
        PermissionVerdict verdict = VersionVerdict.Of(
            asked ?? StoreTrust.ServersOf(user), server => Decide(trust, user, server, time), mustAllAllow: asked is not null);
        WriteObject(Detailed ? verdict : verdict.IsAllowed);
    }

    private PermissionVerdict Decide(ServerTrust trust, NatsUser user, ServerVersion server, DateTimeOffset time)
    {
        ConnectDecision decision = trust.Decide(new ConnectAttempt(user.Jwt)
        {
            Server = server,
            Time = time,
            ConnectionType = ConnectionType,
            RemoteAddress = RemoteAddress,
        });
        if (decision.Refusal is { } refusal)
        {
            return new PermissionVerdict(false, refusal.Rule, $"The server rejects the user: {refusal.Message}");
        }

        PermissionVerdict verdict = ParameterSetName == ToPublish
            ? PermissionEvaluator.Publish(decision.Permissions!, Publish, server)
            : PermissionEvaluator.Subscribe(decision.Permissions!, Subscribe, Queue, server);
        string source = decision.Source switch
        {
            PermissionSource.Template => $" (template of role '{decision.Role}')",
            PermissionSource.AccountDefault => " (default permissions of the account)",
            _ => "",
        };
        return verdict with { Message = verdict.Message + source };
    }
}
