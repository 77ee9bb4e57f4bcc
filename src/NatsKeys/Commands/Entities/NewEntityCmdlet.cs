using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Store;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that make an entity: its name, key, times and labels, and who signs it.</summary>
/// <typeparam name="TEntity">The kind of entity.</typeparam>
public abstract class NewEntityCmdlet<TEntity> : SigningCmdlet, IDynamicParameters
    where TEntity : NatsEntity
{
    // An entity that comes down the pipeline is the parent; its own name and times have nothing to do with what is made. A row of a
    // table has the name and times of what is made. So the two are sets of their own.
    private protected const string ByParent = "Parent";
    private protected const string ByRow = "Row";
    private HashSet<string> mapped = [];
    private ParameterGroups? groups;
    private RowColumns? columns;

    /// <summary>A row of a table: its columns are the parameters of their names.</summary>
    [Parameter(ParameterSetName = ByRow, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A table row.")]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RowArgument? InputObject { get; set; }

    /// <summary>The name of the new entity.</summary>
    [Parameter(ParameterSetName = ByParent, Mandatory = true, Position = 0, HelpMessage = "The names of the new entities.")]
    [Parameter(
        ParameterSetName = ByRow, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The names of the new entities.")]
    [NewName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// The identity key, as a key pair, public key, seed or path of a key file. A new one is made without it. With a public key alone, the seed stays
    /// where it is.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>When the entity expires: a date, or a duration such as <c>30d</c> or <c>1d12h</c>. Never without it.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? Expires { get; set; }

    /// <summary>Before when the entity is not valid: a date or a duration.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? NotBefore { get; set; }

    /// <summary>Labels, such as <c>team:billing</c>. They are lower cased.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>What is done where the entity exists: an error, nothing, or a change to what was given.</summary>
    [Parameter]
    [NoSeed]
    public ExistingEntity IfExists { get; set; } = ExistingEntity.Error;

    private protected override object? CurrentItem => Name is [var first, ..] ? first : null;

    /// <summary>The name of what is made now.</summary>
    private protected string Current { get; private set; } = "";

    /// <summary>
    /// Notes what was typed, and does not come from a table: there an empty value is a mistake and not a cell that says nothing, and a label
    /// is one and not several with commas between.
    /// </summary>
    protected override void BeginProcessing()
    {
        ILookup<bool, string> given = MyInvocation.BoundParameters.ToLookup(
            parameter => IsAsked(parameter.Key, parameter.Value), parameter => parameter.Key);
        mapped = [.. given[true]];
        base.BeginProcessing();
        foreach (string name in MyInvocation.BoundParameters.Where(parameter => parameter.Value is null).Select(parameter => parameter.Key))
        {
            var error = new PSArgumentNullException(name, $"The argument of -{name} is null. Specify a value, or omit the parameter.");
            ThrowTerminatingError(new ErrorRecord(error, "ParameterArgumentValidationError", ErrorCategory.InvalidData, targetObject: null));
        }
    }

    /// <summary>The parameters that it shares with other cmdlets.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(MakeGroups())).Parameters;

    internal override string? NameOfRow => InputObject is null ? null : Current;

    private protected sealed override void ProcessItem()
    {
        Current = "";
        if (Key is not null && Name.Length > 1)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, "Several entities cannot have the same identity key. Specify only one name with -Key.");
        }

        if (Name.Length > 1)
        {
            Group.ExpectMany();
        }

        Each(Name, Make);
    }

    private void Make(string name)
    {
        Current = name;
        RequireKnownColumns();
        (NatsStore store, EntityPath? parent, SigningKeyArgument? piped) = ResolveParent();
        EntityPath path = parent?.Child(EntityName.Check(name)) ?? new EntityPath(EntityName.Check(name));
        TimeArgument? end = Specified(nameof(Expires), Expires);
        TimeArgument? begin = Specified(nameof(NotBefore), NotBefore);
        DateTimeOffset? notBefore = begin?.Resolve();
        if (IfExists != ExistingEntity.Error && Group.Read(store, () => store.Find(path)) is not null)
        {
            Group.Flush();
        }

        if (IfExists != ExistingEntity.Error && store.Find(path) is TEntity existing)
        {
            Take(existing, end is null ? null : new OptionalTime(end.Resolve()), begin is null ? null : new OptionalTime(notBefore), piped);
            return;
        }

        DateTimeOffset? expires = end is null ? DefaultExpiry(store, path) : end.Resolve();
        Changes.Editor(store).RequireFree(path);
        string[] tags = GivenTags;
        Func<EntityEditor, NewEntity, TEntity> create = Creation(parent);
        Changes.Perform(
            store,
            path,
            "Create and sign",
            () =>
            {
                Current = name;
                using NatsKeyPair? key = Key?.Resolve(Paths.Full);
                var request = new NewEntity(name)
                {
                    Key = key,
                    SigningKey = ChosenKey(piped),
                    Expires = expires,
                    NotBefore = notBefore,
                    Tags = tags,
                };
                return create(Changes.Editor(store), request);
            },
            made =>
            {
                Messages.WriteChange(new EntityChangeResult(made, IsChanged: true));
                WriteObject(made);
            },
            name);
    }

    private string[] GivenTags => Typed.Contains(nameof(Tag)) ? Tag! : [.. (Tag ?? []).SelectMany(cell => cell?.Split(',', ';') ?? [])];

    /// <summary>The store, the entity above (none for an operator), and the signing key that came down the pipeline with it.</summary>
    private protected abstract (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent();

    /// <summary>When an entity expires of which nobody says that; null for never.</summary>
    private protected virtual DateTimeOffset? DefaultExpiry(NatsStore store, EntityPath path) => null;

    /// <summary>What makes the entity, from what was given for the current item.</summary>
    private protected abstract Func<EntityEditor, NewEntity, TEntity> Creation(EntityPath? parent);

    /// <summary>Gives an entity that exists what was given beside its times and labels.</summary>
    private protected abstract void ApplyTo(TEntity existing);

    /// <summary>Makes the groups of parameters that this kind of entity has.</summary>
    private protected abstract object[] MakeGroups();

    /// <summary>A group of parameters with what was given for the current item.</summary>
    private protected TGroup Given<TGroup>()
        where TGroup : new() => groups!.Read<TGroup>(InputObject);

    /// <summary>Takes an entity that exists: as it is, or with what was given.</summary>
    private void Take(TEntity existing, OptionalTime? expires, OptionalTime? notBefore, SigningKeyArgument? piped)
    {
        RequireKey(existing);
        if (IfExists == ExistingEntity.Skip)
        {
            WriteVerbose($"The {existing.Path} exists and was not changed.");
            WriteObject(existing);
            return;
        }

        EntityChangeResult? change = Changes.Perform(
            existing,
            "Change and sign again",
            () => Changes.Editor(existing.Store).Change(existing, ChosenKey(piped), newest =>
            {
                newest.SetTimes(expires, notBefore);
                if (GivenTags is { Length: > 0 } tags)
                {
                    newest.ChangeTags(add: [], remove: [], all: tags);
                }

                ApplyTo(newest);
            }),
            rehearsed => ChangeMessages.Details(rehearsed.IsChanged, rehearsed.Differences, rehearsed.Entity));
        if (change is not null)
        {
            Messages.WriteChange(change);
            Messages.WriteLostRole(change);
            WriteObject(change.Entity);
        }
    }

    /// <summary>Another key makes another entity, which does not take the place of one that exists.</summary>
    private void RequireKey(NatsEntity existing)
    {
        using NatsKeyPair? key = Key?.Resolve(Paths.Full);
        if (key is not null && key.PublicKey != existing.Subject)
        {
            throw new NatsKeysException(
                ErrorCode.EntityExists,
                $"The {existing.Path} already exists in the store {existing.Store.Location}, with the key {existing.Subject} and not with "
                    + $"{key.PublicKey}.");
        }
    }

    /// <summary>A column that would be passed over may be one that restricts what is made, or the key that shall sign it.</summary>
    private void RequireKnownColumns()
    {
        if (InputObject is { } row && !(row.IsText && !Typed.Contains(nameof(Name))))
        {
            columns ??= new RowColumns(
                MyInvocation.MyCommand.Parameters.Values, groups!.Parameters.Keys, Typed, known: [], "Nothing was signed.");
            columns.Check(row, Current, isMapped: mapped.Count > 0);
        }
    }

    /// <summary>What was given; null where a table has an empty cell, which says nothing.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: a script block gave nothing.</exception>
    private protected T? Specified<T>(string parameter, T? value)
        where T : class
    {
        if (value is null && mapped.Contains(parameter))
        {
            throw Nothing(parameter);
        }

        return InputObject is null || Typed.Contains(parameter) || !string.IsNullOrWhiteSpace(value?.ToString()) ? value : null;
    }

    /// <summary>
    /// The entity above that was given. Where the pipeline should bring it and brings nothing, the only one that there is does not take its place.
    /// </summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: nothing came.</exception>
    private protected T? Above<T>(string parameter, T? value)
        where T : class =>
        value is null && InputObject is null && MyInvocation.ExpectingInput ? throw Nothing(parameter) : Specified(parameter, value);

    private NatsKeysException Nothing(string parameter) =>
        new(ErrorCode.InvalidClaims, $"The input for -{parameter} of '{Current}' is null. Nothing was signed.");

    /// <summary>Whether a script block stands in the place of a value, which the engine asks for each item.</summary>
    private bool IsAsked(string parameter, object? value) =>
        value is not null && GetType().GetProperty(parameter)?.PropertyType.IsInstanceOfType(value) == false;
}
