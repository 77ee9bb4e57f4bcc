using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Draws operators, accounts, their exports and imports as a Mermaid diagram.</summary>
[Cmdlet(VerbsData.ConvertTo, Nouns.Diagram, DefaultParameterSetName = OfStore)]
[OutputType(typeof(string))]
public sealed class ConvertToNatsDiagramCommand : StoreCmdlet
{
    private const string OfStore = "Store";
    private const string OfOperator = "Operator";
    private const string OfAccount = "Account";
    private readonly List<NatsEntity> found = [];

    /// <summary>The store to draw, as an object or as the path of its folder; with an operator or account, the store that has it.</summary>
    [Parameter(ParameterSetName = OfStore, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = OfOperator)]
    [Parameter(ParameterSetName = OfAccount)]
    [PipelineInput]
    [ValidateNotNull]
    public override StoreArgument? Store { get; set; }

    /// <summary>The operator to draw with all of its accounts; with an account, its operator.</summary>
    [Parameter(
        ParameterSetName = OfOperator, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The operator to draw, with all its accounts.")]
    [Parameter(ParameterSetName = OfAccount)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The account to draw.</summary>
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The account to draw.")]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>Also draws the users of the accounts.</summary>
    [Parameter]
    public SwitchParameter IncludeUser { get; set; }

    /// <summary>Also draws signing keys, with lines to what they signed.</summary>
    [Parameter]
    public SwitchParameter IncludeSigningKey { get; set; }

    /// <summary>Draws who uses the exports and imports: roles, and users with the same permissions.</summary>
    [Parameter]
    public SwitchParameter Access { get; set; }

    private protected override object? CurrentItem => (object?)Account ?? (object?)Operator ?? Store;

    private protected override void ProcessItem()
    {
        switch (ParameterSetName)
        {
            case OfAccount:
                found.Add(AccountArgument.Resolve(Account, Operator, Stores.Open));
                break;
            case OfOperator:
                AddOperator(OperatorArgument.Resolve(Operator, Stores.Open));
                break;
            default:
                NatsStore store = Stores.Open();
                foreach (string name in store.Names())
                {
                    Try(() => AddOperator(store.FindOperator(name)), name);
                }

                break;
        }
    }

    private protected override void ProcessAll()
    {
        if (found.Count == 0)
        {
            return;
        }

        MermaidDiagram diagram = AccountDiagram.Make(found, new DiagramContent(IncludeUser, IncludeSigningKey, Access), WriteFault);
        if (!diagram.IsSmall)
        {
            WriteWarning(
                $"The diagram has {diagram.Links} arrows and {diagram.Text.Length} characters. Mermaid draws {MermaidDiagram.MaximumLinks} arrows "
                    + $"and {MermaidDiagram.MaximumLength} characters, unless maxEdges and maxTextSize are raised. Use -Account to draw a part.");
        }

        if (diagram.IsCut)
        {
            WriteWarning(
                "Some subjects have more routes through mappings and imports than the diagram follows, so arrows may be missing. Use Get-NatsAccess "
                    + "for these subjects.");
        }

        WriteObject(diagram.Text);
    }

    /// <summary>Adds an operator with its accounts. An account that cannot be read is an error, and the others are drawn.</summary>
    private void AddOperator(NatsOperator above)
    {
        found.Add(above);
        foreach (EntityPath path in above.Store.Names(above.Path).Select(above.Path.Child))
        {
            Try(() => found.Add(above.Store.GetShared(path)), path.ToString());
        }
    }
}
