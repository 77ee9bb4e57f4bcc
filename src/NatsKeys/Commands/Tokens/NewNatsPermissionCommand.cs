using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Rules;

namespace NatsKeys.Commands;

/// <summary>Creates the permissions that clients need for a task.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Permission, DefaultParameterSetName = ToRequest)]
[OutputType(typeof(NatsPermission))]
public sealed class NewNatsPermissionCommand : NatsCmdlet
{
    private const string ToConsume = "Consume";
    private const string ToPublishTo = "PublishTo";
    private const string OfKeyValue = "KeyValue";
    private const string OfObjectStore = "ObjectStore";
    private const string ToRequest = "Request";
    private const string ToReply = "Reply";
    private const string ToMonitor = "Monitor";

    /// <summary>The stream to read from.</summary>
    [Parameter(ParameterSetName = ToConsume, Mandatory = true, HelpMessage = "The stream to read from.")]
    [ValidatePattern(PermissionRecipes.NamePattern)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Consume { get; set; } = "";

    /// <summary>An existing consumer. By default, the client creates its own.</summary>
    [Parameter(ParameterSetName = ToConsume)]
    [ValidatePattern(PermissionRecipes.NamePattern)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Consumer { get; set; }

    /// <summary>The stream to publish to.</summary>
    [Parameter(ParameterSetName = ToPublishTo, Mandatory = true, HelpMessage = "The stream to publish to.")]
    [ValidatePattern(PermissionRecipes.NamePattern)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string PublishTo { get; set; } = "";

    /// <summary>The subjects of the stream to publish.</summary>
    [Parameter(ParameterSetName = ToPublishTo, Mandatory = true, HelpMessage = "The subjects of the stream to publish.")]
    [TextList]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Subject { get; set; } = [];

    /// <summary>The key-value bucket.</summary>
    [Parameter(ParameterSetName = OfKeyValue, Mandatory = true, HelpMessage = "The key-value bucket.")]
    [ValidatePattern(PermissionRecipes.NamePattern)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string KeyValue { get; set; } = "";

    /// <summary>The keys; the default is all keys.</summary>
    [Parameter(ParameterSetName = OfKeyValue)]
    [TextList]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Key { get; set; } = [">"];

    /// <summary>The object store bucket.</summary>
    [Parameter(ParameterSetName = OfObjectStore, Mandatory = true, HelpMessage = "The object store bucket.")]
    [ValidatePattern(PermissionRecipes.NamePattern)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string ObjectStore { get; set; } = "";

    /// <summary>The access: read or write.</summary>
    [Parameter(ParameterSetName = OfKeyValue, Mandatory = true, HelpMessage = "Read or Write.")]
    [Parameter(ParameterSetName = OfObjectStore, Mandatory = true, HelpMessage = "Read or Write.")]
    [NoSeed]
    public BucketAccess[] Access { get; set; } = [];

    /// <summary>The subjects of service requests.</summary>
    [Parameter(ParameterSetName = ToRequest, Mandatory = true, HelpMessage = "The subjects of service requests.")]
    [TextList]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Request { get; set; } = [];

    /// <summary>The subjects of requests to answer; a queue group may follow after one space.</summary>
    [Parameter(ParameterSetName = ToReply, Mandatory = true, HelpMessage = "The subjects of requests to answer.")]
    [TextList]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Reply { get; set; } = [];

    /// <summary>Allows the monitoring requests of servers.</summary>
    [Parameter(ParameterSetName = ToMonitor, Mandatory = true, HelpMessage = "Allows monitoring requests to servers.")]
    public SwitchParameter Monitor { get; set; }

    /// <summary>The prefix of the client's inboxes.</summary>
    [Parameter(ParameterSetName = ToConsume)]
    [Parameter(ParameterSetName = ToPublishTo)]
    [Parameter(ParameterSetName = OfKeyValue)]
    [Parameter(ParameterSetName = OfObjectStore)]
    [Parameter(ParameterSetName = ToRequest)]
    [Parameter(ParameterSetName = ToMonitor)]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string InboxPrefix { get; set; } = PermissionRecipes.DefaultInbox;

    /// <summary>The JetStream domain of the stream or bucket, for clients that connect to servers of another domain.</summary>
    [Parameter(ParameterSetName = ToConsume)]
    [Parameter(ParameterSetName = OfKeyValue)]
    [Parameter(ParameterSetName = OfObjectStore)]
    [ValidatePattern(PermissionRecipes.NamePattern)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? JetStreamDomain { get; set; }

    private protected override void ProcessItem()
    {
        string inbox = InboxPrefix.TrimEnd('.');
        PermissionRecipes.RequirePrefix(inbox);
        foreach (string subject in (string[])[.. Subject, .. Key, .. Request])
        {
            PermissionRecipes.Require(subject);
        }

        foreach (string subject in Reply)
        {
            PermissionRecipes.RequireReply(subject);
        }

        var recipes = new PermissionRecipes(inbox, JetStreamDomain);
        IEnumerable<NatsPermission> made = ParameterSetName switch
        {
            ToConsume => [recipes.Consume(Consume, Consumer)],
            ToPublishTo => [recipes.PublishTo(PublishTo, Subject)],
            OfKeyValue => Access.Distinct().Select(access => access == BucketAccess.Read
                ? recipes.ReadKeys(KeyValue, Key)
                : recipes.WriteKeys(KeyValue, Key)),
            OfObjectStore => Access.Distinct().Select(access => access == BucketAccess.Read
                ? recipes.ReadObjects(ObjectStore)
                : recipes.WriteObjects(ObjectStore)),
            ToReply => [PermissionRecipes.Reply(Reply)],
            ToMonitor => [recipes.Monitor()],
            _ => [recipes.Request(Request)],
        };
        foreach (NatsPermission permission in made)
        {
            WriteObject(permission);
        }
    }
}
