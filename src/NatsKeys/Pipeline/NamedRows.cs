using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>
/// The rows of tables that name entities: they have columns that say which entity is meant, and none that would be passed over although it may say
/// something else.
/// </summary>
/// <param name="cmdlet">The cmdlet that works.</param>
internal sealed class NamedRows(NatsCmdlet cmdlet)
{
    // The columns that say which entity is meant, whatever parameters a cmdlet has for them.
    private static readonly string[] Naming = ["Name", AccountColumn, OperatorColumn];

    private const string AccountColumn = "Account";
    private const string OperatorColumn = "Operator";
    private RowColumns? columns;

    /// <summary>Refuses a row with a column that nothing takes.</summary>
    /// <param name="named">What was named.</param>
    /// <param name="entity">The type of the entity: columns that repeat its properties are passed over.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public void Require(IEntityArgument? named, Type entity)
    {
        if (named?.Row is { } row)
        {
            bool isMapped = cmdlet.MyInvocation.BoundParameters.Values.Any(value => value is ScriptBlock);
            columns ??= new RowColumns(
                cmdlet.MyInvocation.MyCommand.Parameters.Values,
                Naming.Where(column => cmdlet.MyInvocation.MyCommand.Parameters.Values.Any(
                    parameter => parameter.Name == column || parameter.Aliases.Contains(column))),
                cmdlet.Typed,
                entity.GetProperties().Select(property => property.Name),
                "Nothing was done with this row.");
            columns.Check(row, named.ToString()!, isMapped);
        }
    }

    /// <summary>
    /// The account that is named beside a user: by a parameter, or by the column of its row. An object knows its own, so that only one that was typed
    /// says something new; and an empty cell says nothing.
    /// </summary>
    public AccountArgument? Beside(IEntityArgument? named, AccountArgument? account) =>
        Beside(named, account, AccountColumn, cell => cell is NatsAccount entity ? new(entity) : new(InputText.OfCell(cell)));

    /// <summary>The accounts that are named beside a user.</summary>
    /// <inheritdoc cref="Beside(IEntityArgument?, AccountArgument?)"/>
    public AccountArgument[]? Beside(IEntityArgument? named, AccountArgument[]? accounts) =>
        accounts is { Length: > 1 } ? accounts
            : Beside(named, accounts?[0]) is { } only ? [only]
            : null;

    /// <summary>The operator that is named beside an entity.</summary>
    /// <inheritdoc cref="Beside(IEntityArgument?, AccountArgument?)"/>
    public OperatorArgument? Beside(IEntityArgument? named, OperatorArgument? above) =>
        Beside(named, above, OperatorColumn, cell => cell is NatsOperator entity ? new(entity) : new(InputText.OfCell(cell)));

    /// <summary>The user that was named, in its newest state.</summary>
    /// <param name="named">The object, name or row.</param>
    /// <param name="account">The account that was named beside it.</param>
    /// <param name="above">The operator that was named beside it.</param>
    public NatsUser Resolve(UserArgument named, AccountArgument? account, OperatorArgument? above)
    {
        (NatsStore store, EntityPath path) = Locate(named, account, above);
        return (NatsUser)store.Get(path);
    }

    /// <summary>Where the user that was named is; its file need not be readable.</summary>
    /// <inheritdoc cref="Resolve(UserArgument, AccountArgument?, OperatorArgument?)"/>
    public (NatsStore Store, EntityPath Path) Locate(UserArgument named, AccountArgument? account, OperatorArgument? above)
    {
        Require(named, typeof(NatsUser));
        return named.Locate(cmdlet.Stores.Open, Beside(named, account), Beside(named, above));
    }

    /// <summary>The account that was named, in its newest state; the only one where none was.</summary>
    public NatsAccount Resolve(AccountArgument? named, OperatorArgument? above)
    {
        Require(named, typeof(NatsAccount));
        return AccountArgument.Resolve(named, Beside(named, above), cmdlet.Stores.Open);
    }

    private T? Beside<T>(IEntityArgument? named, T? parameter, string column, Func<object, T> read)
        where T : class, IEntityArgument =>
        cmdlet.Typed.Contains(column) ? parameter
            : named?.Row?.Cell(column) is { } cell ? read(cell)
            : named is { IsObject: true } || parameter is { IsBlank: true } ? null
            : parameter;
}
