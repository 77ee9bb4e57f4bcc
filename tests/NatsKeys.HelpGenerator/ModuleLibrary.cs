using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Xml.Linq;

namespace NatsKeys.HelpGenerator;

/// <summary>The module's library: its cmdlets as PowerShell sees them, its errors and the documentation of their codes.</summary>
internal sealed class ModuleLibrary : IDisposable
{
    private readonly Runspace runspace;
    private readonly string path;

    /// <summary>Loads the library into PowerShell.</summary>
    /// <param name="path">The path. The libraries that it needs are in the same folder.</param>
    internal ModuleLibrary(string path)
    {
        this.path = Path.GetFullPath(path);
        runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();

        // The parameters of a cmdlet are determined on first use, in the runspace of the calling thread.
        Runspace.DefaultRunspace = runspace;
        Run("Import-Module", this.path);
        Commands =
        [
            .. Run("Get-Command", "*-Nats*").Select(command => command.BaseObject).OfType<CmdletInfo>()
                .OrderBy(command => command.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Gets the cmdlets, sorted by name.</summary>
    internal IReadOnlyList<CmdletInfo> Commands { get; }

    /// <inheritdoc/>
    public void Dispose() => runspace.Dispose();

    /// <summary>Creates an error record for each code, as cmdlets write it, with its advice also where the message would say it.</summary>
    internal IEnumerable<ErrorRecord> ErrorRecords()
    {
        Assembly cmdlets = Commands[0].ImplementingType.Assembly;
        Type exception = Core.GetType("NatsKeys.NatsKeysException", throwOnError: true)!;
        MethodInfo toRecord = cmdlets.GetType("NatsKeys.Errors.ErrorCatalog", throwOnError: true)!.GetMethod(
            "ToRecord", BindingFlags.Static | BindingFlags.Public)!;
        MethodInfo adviceFor = cmdlets.GetType("NatsKeys.Errors.ErrorAdvice", throwOnError: true)!.GetMethod("For")!;
        return Enum.GetValues(CodeType).Cast<object>().Select(code =>
        {
            var record = (ErrorRecord)toRecord.Invoke(null, [Activator.CreateInstance(exception, code, "a message", null), null])!;
            record.ErrorDetails.RecommendedAction = (string)adviceFor.Invoke(null, [code])!;
            return record;
        });
    }

    /// <summary>Reads the meanings of error codes: the summaries of their documentation, on one line, with code between backticks.</summary>
    internal Dictionary<string, string> ErrorMeanings()
    {
        string prefix = $"F:{CodeType.FullName}.";
        return XDocument.Load(Path.ChangeExtension(Core.Location, ".xml")).Descendants("member")
            .Where(member => member.Attribute("name")!.Value.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(member => member.Attribute("name")!.Value[prefix.Length..], member =>
                TextOf(member.Element("summary")!), StringComparer.Ordinal);
    }

    private Assembly Core => Assembly.LoadFrom(Path.Combine(Path.GetDirectoryName(path)!, "NatsKeys.Core.dll"));

    private Type CodeType => Core.GetType("NatsKeys.ErrorCode", throwOnError: true)!;

    private static string TextOf(XElement summary)
    {
        string text = string.Concat(
            summary.Nodes().Select(
                node => node is XElement { Name.LocalName: "c" } code ? $"`{code.Value}`" : node is XText words ? words.Value : ""));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private Collection<PSObject> Run(string command, string name)
    {
        using var shell = PowerShell.Create(runspace);
        return shell.AddCommand(command).AddParameter("Name", name).AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
    }
}
