using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Store;
using NatsKeys.Validation;

namespace NatsKeys.Commands;

/// <summary>Tells whether everything in a store is signed as its files state it, trusted, in time and within the rules.</summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Store)]
[OutputType(typeof(bool), typeof(StoreFinding))]
public sealed class TestNatsStoreCommand : WholeStoreCmdlet
{
    /// <summary>Also finds what expires within a time from now, such as <c>30d</c>, or until a date.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeArgument? ExpiresWithin { get; set; }

    /// <summary>Gives what was found instead of true or false; nothing when all is well.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override void ProcessItem()
    {
        NatsStore store = ResolveStore();
        bool isGood = true;
        foreach (StoreFinding finding in StoreValidator.Check(store, Operator?.Name, ExpiresWithin?.Resolve()).TakeWhile(_ => !Stopping))
        {
            isGood &= finding.Severity == FindingSeverity.Warning;
            if (Detailed)
            {
                WriteObject(finding);
            }
            else if (!isGood)
            {
                break;
            }
        }

        if (!Detailed)
        {
            WriteObject(isGood);
        }
    }
}
