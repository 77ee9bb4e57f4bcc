using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace NatsKeys.Binding;

/// <summary>
/// Combines several groups of parameters for one cmdlet. PowerShell accepts one object with dynamic parameters from a cmdlet, or a dictionary, which
/// this class creates from the groups. <see cref="Bind"/> copies the given values to them.
/// </summary>
internal sealed class ParameterGroups
{
    private readonly List<(object Group, PropertyInfo Property)> members = [];

    public ParameterGroups(params object[] groups)
    {
        foreach (object group in groups)
        {
            foreach (PropertyInfo property in PropertiesOf(group.GetType()))
            {
                members.Add((group, property));
                IEnumerable<Attribute> attributes = property.GetCustomAttributes()
                    .Where(
                        attribute => attribute is ValidateArgumentsAttribute or ArgumentTransformationAttribute
                            || attribute.GetType().Assembly == typeof(ParameterAttribute).Assembly);
                Parameters.Add(
                    property.Name, new RuntimeDefinedParameter(property.Name, property.PropertyType, new Collection<Attribute>([.. attributes])));
            }
        }
    }

    /// <summary>The parameters in the form that PowerShell requires.</summary>
    public RuntimeDefinedParameterDictionary Parameters { get; } = [];

    /// <summary>Copies the given values to the groups.</summary>
    public void Bind()
    {
        foreach ((object group, PropertyInfo property) in members)
        {
            if (Parameters[property.Name] is { IsSet: true } given)
            {
                property.SetValue(group, given.Value is PSObject wrapped ? wrapped.BaseObject : given.Value);
            }
        }
    }

    /// <summary>The names of the parameters of a group.</summary>
    public static IEnumerable<string> NamesOf<TGroup>() => PropertiesOf(typeof(TGroup)).Select(property => property.Name);

    private static IEnumerable<string> Columns(PropertyInfo property) =>
        property.GetCustomAttribute<AliasAttribute>() is { } other ? other.AliasNames.Prepend(property.Name) : [property.Name];

    private static IEnumerable<PropertyInfo> PropertiesOf(Type group) =>
        group.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute)));

    /// <summary>Creates a group with the given values and the cells of a table row.</summary>
    /// <typeparam name="TGroup">The group.</typeparam>
    /// <param name="row">The row; null for none.</param>
    /// <exception cref="NatsKeysException">A cell has a value that its parameter does not accept.</exception>
    public TGroup Read<TGroup>(RowArgument? row)
        where TGroup : new()
    {
        var made = new TGroup();
        foreach ((_, PropertyInfo property) in members.Where(member => member.Group is TGroup))
        {
            if (Parameters[property.Name] is { IsSet: true } given)
            {
                property.SetValue(made, given.Value is PSObject wrapped ? wrapped.BaseObject : given.Value);
            }
            else if (Columns(property).Select(column => row?.Cell(column)).FirstOrDefault(value => value is not null) is { } cell)
            {
                property.SetValue(made, RowCell.Read(cell, property));
            }
        }

        return made;
    }
}
