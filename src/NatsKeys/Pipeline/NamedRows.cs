using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>
/// Checks table rows that identify entities: they need columns for the entity, and no columns that would be ignored although they may be meant.
/// </summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class NamedRows(NatsCmdlet cmdlet)
{
    // The columns that identify an entity, whatever the parameters of the cmdlet.
    private static readonly string[] Naming = ["Name", AccountColumn, OperatorColumn];

    private const string AccountColumn = "Account";
    private const string OperatorColumn = "Operator";
    private RowColumns? columns;

    /// <summary>The settings that the cmdlet reads from columns; none where rows only name entities.</summary>
    public IReadOnlyCollection<string> Settings { get; init; } = [];

    /// <summary>Reads the columns of a row, and refuses a row without a name, and a row with an unknown column.</summary>
    /// <param name="named">The argument.</param>
    /// <param name="entity">The type of the entity. Columns for its properties are ignored.</param>
    /// <param name="current">Gets the entity that the row names; null where a column of a parameter is an error whatever its value.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public void Require(IEntityArgument? named, Type entity, Func<NatsEntity>? current = null)
    {
        if (named?.Row is { } row)
        {
            if (named.IsBlank)
            {
                string kind = ClaimNames.Fold(IEntityArgument.KindOf(named.GetType()));
                throw new NatsKeysException(
                    ErrorCode.InvalidClaims,
                    $"The input is {row.Describe()}. It names no {kind}: its column 'Name' is empty. This row was skipped.");
            }

            ShownColumns.RequireKind(row, entity);
            if (Settings.Count > 0)
            {
                ShownColumns.Read(row, entity, current);
            }

            bool isMapped = cmdlet.MyInvocation.BoundParameters.Values.Any(value => value is ScriptBlock);
            columns ??= new RowColumns(
                cmdlet.MyInvocation.MyCommand.Parameters.Values,
                Naming.Where(column => cmdlet.MyInvocation.MyCommand.Parameters.Values.Any(
                    parameter => parameter.Name == column || parameter.Aliases.Contains(column))).Concat(Settings),
                cmdlet.Typed,
                entity.GetProperties().Select(property => property.Name),
                "This row was skipped.");
            columns.Check(row, named.ToString()!, isMapped, current);
            if (Settings.Count > 0 && current is not null && ShownColumns.Ignored(row, current) is { Count: > 0 } ignored)
            {
                cmdlet.WriteWarning(
                    $"The row of the {current().Path} differs from the store in {string.Join(", ", ignored.Select(column => $"'{column}'"))}. "
                        + $"{cmdlet.MyInvocation.MyCommand.Name} sets none of it.");
            }
        }
    }

    /// <summary>
    /// The account for a user, from the parameter or from the column of the row. A user object has its own account, so only a typed account is used
    /// with it. An empty cell is ignored.
    /// </summary>
    public AccountArgument? Beside(IEntityArgument? named, AccountArgument? account) =>
        Beside(named, account, AccountColumn, cell => cell is NatsAccount entity ? new(entity) : new(InputFormatter.OfCell(cell)));

    /// <summary>The accounts for a user.</summary>
    /// <inheritdoc cref="Beside(IEntityArgument?, AccountArgument?)"/>
    public AccountArgument[]? Beside(IEntityArgument? named, AccountArgument[]? accounts) =>
        accounts is { Length: > 1 } ? accounts
            : Beside(named, accounts?[0]) is { } only ? [only]
            : null;

    /// <summary>The operator for an entity.</summary>
    /// <inheritdoc cref="Beside(IEntityArgument?, AccountArgument?)"/>
    public OperatorArgument? Beside(IEntityArgument? named, OperatorArgument? above) =>
        Beside(named, above, OperatorColumn, cell => cell is NatsOperator entity ? new(entity) : new(InputFormatter.OfCell(cell)));

    /// <summary>Gets a user in its current state.</summary>
    /// <param name="named">The object, name or row.</param>
    /// <param name="account">The account from the parameter; null for none.</param>
    /// <param name="above">The operator from the parameter; null for none.</param>
    public NatsUser Resolve(UserArgument named, AccountArgument? account, OperatorArgument? above)
    {
        (NatsStore store, EntityPath path) = Locate(named, account, above);
        return store.Get<NatsUser>(path);
    }

    /// <summary>Finds the place of a user. Its file is not read.</summary>
    /// <inheritdoc cref="Resolve(UserArgument, AccountArgument?, OperatorArgument?)"/>
    public (NatsStore Store, EntityPath Path) Locate(UserArgument named, AccountArgument? account, OperatorArgument? above)
    {
        Require(named, typeof(NatsUser), () =>
        {
            (NatsStore store, EntityPath path) = named.Locate(cmdlet.Stores.Open, Beside(named, account), Beside(named, above));
            return store.Get(path);
        });
        return named.Locate(cmdlet.Stores.Open, Beside(named, account), Beside(named, above));
    }

    /// <summary>Gets an account in its current state. Without an argument, this is the only account.</summary>
    public NatsAccount Resolve(AccountArgument? named, OperatorArgument? above)
    {
        Require(named, typeof(NatsAccount), () => AccountArgument.Resolve(named, Beside(named, above), cmdlet.Stores.Open));
        return AccountArgument.Resolve(named, Beside(named, above), cmdlet.Stores.Open);
    }

    private T? Beside<T>(IEntityArgument? named, T? parameter, string column, Func<object, T> read)
        where T : class, IEntityArgument =>
        cmdlet.Typed.Contains(column) ? parameter
            : named?.Row?.Cell(column) is { } cell ? read(cell)
            : named is { IsObject: true } || parameter is { IsBlank: true } ? null
            : parameter;
}
