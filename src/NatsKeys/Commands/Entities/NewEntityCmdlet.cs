using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Keys;
using NatsKeys.Store;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that create an entity, with its name, key, times, labels and signing key.</summary>
/// <typeparam name="TEntity">The kind of entity.</typeparam>
public abstract class NewEntityCmdlet<TEntity> : SigningCmdlet, IDynamicParameters
    where TEntity : NatsEntity
{
    // An entity that comes down the pipeline is the parent: its own name and times are not those of the new entity. A row of a table has the name and
    // times of the new entity. So there are two parameter sets.
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
    [ValidateNotNull]
    [ValidateCount(1, int.MaxValue)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// The identity key, as a key pair, public key, seed or path of a key file. By default, a new one is generated. If it is only a public key, the
    /// seed is not stored.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>When the entity expires: a date, or a duration such as <c>30d</c> or <c>1d12h</c>. The default is never.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? Expires { get; set; }

    /// <summary>The time before which the entity is not valid: a date or a duration.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? NotBefore { get; set; }

    /// <summary>Labels, such as <c>team:billing</c>. They are lower cased.</summary>
    [Parameter(ParameterSetName = ByParent)]
    [Parameter(ParameterSetName = ByRow, ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [NoSeed]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>What is done if the entity exists: an error, nothing, or a change to what was specified.</summary>
    [Parameter]
    [NoSeed]
    public ExistingEntity IfExists { get; set; } = ExistingEntity.Error;

    private protected override object? CurrentItem => Name is [var first, ..] ? first : null;

    /// <summary>The name of the entity that is being created.</summary>
    private protected string Current { get; private set; } = "";

    /// <summary>
    /// Records which parameters were typed, rather than read from a table. An empty typed value is a mistake, an empty cell is not. A typed label is
    /// one label, a cell may have several with commas between.
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

    /// <summary>Gets the parameters that the cmdlet shares with others.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(MakeGroups())).Parameters;

    internal override string? NameOfRow => InputObject is null ? null : Current;

    private protected sealed override void ProcessItem()
    {
        Current = "";
        if (Key is not null && Name.Length > 1)
        {
            throw new AdvisedException(
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
        if (string.IsNullOrWhiteSpace(name) && InputObject is { IsText: false } nameless)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"The input is {nameless.Describe()}. Its column 'Name' is empty. Nothing was signed.");
        }

        IReadOnlyList<string> unused = ReadColumns();
        (NatsStore store, EntityPath? parent, SigningKeyArgument? piped) = ResolveParent();
        EntityPath path = parent?.Child(EntityName.Check(name)) ?? new EntityPath(EntityName.Check(name));
        TimeArgument? end = Specified(nameof(Expires), TimeOf(nameof(Expires), Expires));
        TimeArgument? begin = Specified(nameof(NotBefore), TimeOf(nameof(NotBefore), NotBefore));
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
        Changes.Editor(store).RequireFree(path, Remedy.TakeExisting);
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
                WriteUnused(path, unused);
                WriteObject(made);
            },
            name);
    }

    private string[] GivenTags => Typed.Contains(nameof(Tag)) ? Tag!
        : InputObject?.ReadOf(nameof(NatsEntity.Tags)) is string[] read ? read
        : [.. (Tag ?? []).SelectMany(cell => cell?.Split(',', ';') ?? [])];

    /// <summary>A time that was typed, or that the engine or the row read from a column.</summary>
    private TimeArgument? TimeOf(string parameter, TimeArgument? given) =>
        !Typed.Contains(parameter) && InputObject?.ReadOf(parameter) is DateTimeOffset read ? new TimeArgument(read) : given;

    /// <summary>Returns the store, the parent (none for an operator), and the signing key that came down the pipeline with the parent.</summary>
    private protected abstract (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent();

    /// <summary>The expiry of an entity if none was specified; null for never.</summary>
    private protected virtual DateTimeOffset? DefaultExpiry(NatsStore store, EntityPath path) => null;

    /// <summary>Returns a function that creates the entity from the parameters of the current item.</summary>
    private protected abstract Func<EntityEditor, NewEntity, TEntity> Creation(EntityPath? parent);

    /// <summary>Applies the parameters other than times and labels to an existing entity.</summary>
    private protected abstract void ApplyTo(TEntity existing);

    /// <summary>Creates the groups of parameters of this kind of entity.</summary>
    private protected abstract object[] MakeGroups();

    /// <summary>Returns a group of parameters with the values of the current item.</summary>
    private protected TGroup Given<TGroup>()
        where TGroup : new() => groups!.Read<TGroup>(InputObject);

    /// <summary>Whether a setting of a group was typed, and not read from a table.</summary>
    private protected bool IsAnyTyped => groups!.Parameters.Values.Any(parameter => parameter.IsSet);

    /// <summary>Uses an existing entity: unchanged, or changed to what was specified.</summary>
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
            rehearsed => ChangeMessages.Details(rehearsed, existing));
        if (change is not null)
        {
            Messages.WriteChange(change);
            Messages.WriteLostRole(change);
            WriteObject(change.Entity);
        }
    }

    /// <summary>Throws if the existing entity has another key than specified: it is another entity, and is not replaced.</summary>
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

    /// <summary>
    /// Reads the columns of a row. An unknown column is an error: it might be one that restricts the new entity, or the key that must sign it.
    /// </summary>
    /// <returns>The columns of the table of a Get cmdlet that other cmdlets set.</returns>
    private IReadOnlyList<string> ReadColumns()
    {
        if (InputObject is not { } row || (row.IsText && !Typed.Contains(nameof(Name))))
        {
            return [];
        }

        ShownColumns.RequireKind(row, typeof(TEntity));
        ShownColumns.Read(row, typeof(TEntity));
        IReadOnlyList<string> unused = ShownColumns.HideOthers(row, typeof(TEntity));
        columns ??= new RowColumns(
            MyInvocation.MyCommand.Parameters.Values, groups!.Parameters.Keys, Typed, known: [], "Nothing was signed.");
        columns.Check(row, Current, isMapped: mapped.Count > 0);
        return unused;
    }

    /// <summary>Warns of what a table of a Get cmdlet shows and the new entity does not have.</summary>
    private void WriteUnused(EntityPath path, IReadOnlyList<string> unused)
    {
        string[] left = [.. unused.Where(column => !Typed.Contains(column))];
        if (left.Length > 0)
        {
            WriteWarning(
                $"The {path} was created without what the table shows in {string.Join(", ", left.Select(column => $"'{column}'"))}: a new entity has "
                    + "none of it. Add it with the cmdlets for it, or copy the whole store with Export-NatsStore and Import-NatsStore.");
        }
    }

    /// <summary>Returns the specified value; null for an empty cell of a table.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: a script block returned nothing.</exception>
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
    /// Returns the specified parent. If the pipeline should supply it but supplies null, the only existing entity is not used instead.
    /// </summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: the pipeline supplied null.</exception>
    private protected T? Above<T>(string parameter, T? value)
        where T : class =>
        value is null && InputObject is null && MyInvocation.ExpectingInput ? throw Nothing(parameter) : Specified(parameter, value);

    private NatsKeysException Nothing(string parameter) =>
        new(ErrorCode.InvalidClaims, $"The input for -{parameter} of '{Current}' is null. Nothing was signed.");

    /// <summary>Whether a script block was specified instead of a value. The engine evaluates it for each item.</summary>
    private bool IsAsked(string parameter, object? value) =>
        value is not null && GetType().GetProperty(parameter)?.PropertyType.IsInstanceOfType(value) == false;
}
