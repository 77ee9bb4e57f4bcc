using System.Collections;

namespace NatsKeys.Binding;

/// <summary>Other clusters: a table from their names to the addresses of their servers.</summary>
public sealed class GatewayArgument
{
    private readonly IDictionary table;

    /// <summary>Creates the argument from a table.</summary>
    /// <param name="table">The table.</param>
    public GatewayArgument(IDictionary table) => this.table = table;

    /// <summary>Reads the addresses by cluster name.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Read() =>
        table.Keys.Cast<object>().Select(key => $"{key}")
            .ToDictionary(name => name, name => SettingsTable.Texts(table, name), StringComparer.Ordinal);
}
