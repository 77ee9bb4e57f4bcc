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
            foreach (PropertyInfo property in group.GetType().GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))))
            {
                members.Add((group, property));
                IEnumerable<Attribute> attributes = property.GetCustomAttributes().Where(attribute => attribute is ValidateArgumentsAttribute || attribute.GetType().Assembly == typeof(ParameterAttribute).Assembly);
                Parameters.Add(property.Name, new RuntimeDefinedParameter(property.Name, property.PropertyType, new Collection<Attribute>([.. attributes])));
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
}
