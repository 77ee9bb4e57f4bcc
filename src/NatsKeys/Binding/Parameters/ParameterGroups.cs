using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace NatsKeys.Binding;

/// <summary>
/// Several groups of parameters that one cmdlet takes in. The engine takes a single object with parameters from a cmdlet, or a dictionary,
/// which this makes of the groups; what is given then reaches them by <see cref="Bind"/>.
/// </summary>
internal sealed class ParameterGroups
{
    private readonly List<(object Group, PropertyInfo Property)> members = [];

    public ParameterGroups(params object[] groups)
    {
        foreach (object group in groups)
        {
            foreach (PropertyInfo property in PropertiesOf(group))
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

    /// <summary>The parameters, for the engine.</summary>
    public RuntimeDefinedParameterDictionary Parameters { get; } = [];

    /// <summary>Hands over what was given, and nothing else.</summary>
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

    private static IEnumerable<PropertyInfo> PropertiesOf(object group) =>
        group.GetType().GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute)));

    /// <summary>A new group with what was given, and with what a row of a table says beside it.</summary>
    /// <typeparam name="TGroup">The group.</typeparam>
    /// <param name="row">The row; null where none came.</param>
    /// <exception cref="NatsKeysException">A cell says what its parameter does not take.</exception>
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
            else if (row?.Cell(property.Name) is { } cell)
            {
                property.SetValue(made, RowCell.Read(cell, property));
            }
        }

        return made;
    }
}
