using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>Writes a signing request: a file for the holder of the keys that lists what must be signed.</summary>
[Cmdlet(VerbsCommon.New, Nouns.SigningRequest, SupportsShouldProcess = true, DefaultParameterSetName = OfStore)]
[OutputType(typeof(NatsSigningRequest))]
public sealed class NewNatsSigningRequestCommand : StoreCmdlet
{
    private const string OfStore = "Store";
    private const string OfEntities = "InputObject";
    private const string FileName = "signing-request.yaml";
    private readonly List<EntityPath> asked = [];
    private NatsStore? source;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The file to write.")]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The operators, accounts and users to sign. The default is every entity of the store whose file was edited or is not signed.</summary>
    [Parameter(
        ParameterSetName = OfEntities, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The operators, accounts and users to sign, as Get-NatsOperator, Get-NatsAccount and Get-NatsUser return them.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NatsEntity? InputObject { get; set; }

    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter(ParameterSetName = OfEntities)]
    [Parameter(ParameterSetName = OfStore, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    public override StoreArgument? Store { get; set; }

    /// <summary>The operator whose entities are requested. The default is all operators.</summary>
    [Parameter(ParameterSetName = OfStore)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>
    /// The key that must sign; its public half is enough. The default is the current issuer, else the parent's identity key, else its only unscoped
    /// signing key.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(RequestSignerCompleter))]
    public KeyArgument? SigningKey { get; set; }

    /// <summary>The time until which the request may be completed: a date, or a duration such as <c>7d</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? Expires { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? CurrentItem => InputObject ?? (object?)Store;

    private protected override void ProcessItem()
    {
        if (InputObject is not null)
        {
            Take(InputObject.Store);
            asked.Add(InputObject.Path);
            return;
        }

        NatsStore store = Stores.OpenOf(Operator);
        using NatsKeyPair? key = SigningKey?.Resolve(Paths.Full);
        Take(store);
        foreach (string name in Operator is null ? store.Names() : [store.Get(Operator.Locate(() => store).Path).Name])
        {
            Collect(store, new EntityPath(name), key?.PublicKey);
        }
    }

    private protected override void ProcessAll()
    {
        if (source is null)
        {
            return;
        }

        using NatsKeyPair? key = SigningKey?.Resolve(Paths.Full);
        using var builder = new SigningRequestBuilder(source);
        bool isNothingPending = true;
        foreach (EntityPath path in asked.Distinct().OrderBy(path => path.Kind).TakeWhile(_ => !Stopping))
        {
            Progress.Next(path);
            bool isLeft = false;
            Try(() => isLeft = !Ask(builder, path, key?.PublicKey), path.ToString());
            isNothingPending &= isLeft;
        }

        if (builder.Count > 0 && !Stopping)
        {
            WriteObject(builder.Write(Paths.FileToWrite(Path, FileName), Force, Expires?.Resolve(), Stopped));
        }
        else if (isNothingPending)
        {
            WriteWarning("There is nothing to sign. No request was written.");
        }
    }

    /// <summary>Remembers the store of the request. It must be a single one, because entities of two stores may have the same path.</summary>
    private void Take(NatsStore store)
    {
        source ??= store;
        bool isSame = source == store || (store.CredentialRoot is { } root && root == source.CredentialRoot && store.Location == source.Location);
        if (!isSame)
        {
            throw new NatsKeysException(
                ErrorCode.EntityAmbiguous,
                $"A request can contain entities of one store only. This one is for {source.Location}; create another request for {store.Location}.");
        }
    }

    /// <summary>
    /// Collects the pending entities at and below a path. An entity that cannot be read is an error that names it, and the rest continues.
    /// </summary>
    private void Collect(NatsStore store, EntityPath path, string? key)
    {
        if (Stopping)
        {
            return;
        }

        Try(
            () =>
            {
                NatsEntity entity = store.Get(path);
                if (SigningRequestBuilder.IsPending(entity, key))
                {
                    asked.Add(path);
                }
            },
            path.ToString());
        foreach (string name in path.Kind == EntityKind.User ? [] : store.Names(path))
        {
            Collect(store, path.Child(name), key);
        }
    }

    /// <returns>Whether there is something to sign.</returns>
    private bool Ask(SigningRequestBuilder builder, EntityPath path, string? key)
    {
        if (builder.Plan(path, key) is not { } plan)
        {
            WriteVerbose($"The {path} is already signed as its file states.");
            return false;
        }

        if (builder.IsSignedHere(plan))
        {
            WriteWarning(
                $"The {plan.Entity.Path} was left out of the request. Update-NatsStore signs it on this machine, with the new key of the "
                    + $"{plan.Entity.Path.Parent}.");
            builder.PassOver(plan);
            return false;
        }

        if (!ShouldProcess(StoreChanges.Target(plan.Entity.Path, source!), Describe(plan)))
        {
            builder.PassOver(plan);
            return true;
        }

        builder.Add(plan);
        Messages.WriteLostRole(new EntityChangeResult(plan.Entity, IsChanged: true) { LeavesRole = plan.LeavesRole });
        if (source!.Keys.Contains(plan.Entity.Issuer!))
        {
            WriteWarning(
                $"The key that must sign the {plan.Entity.Path} is in {source.Keys.Location}. Update-NatsStore can sign it on this machine.");
        }

        return true;
    }

    private static string Describe(SigningPlan plan) =>
        $"Request key {plan.SigningKey} to sign: {(plan.Entity.Jwt is null ? "for the first time" : ClaimDifference.Describe(plan.Differences))}";
}
