using System.Management.Automation;
using NatsKeys.Editing;

namespace NatsKeys.Commands;

/// <summary>Gives the rotations of keys that have begun and are not finished, with what is pending.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Rotation)]
[OutputType(typeof(NatsRotation))]
public sealed class GetNatsRotationCommand : WholeStoreCmdlet
{
    private protected override void ProcessItem()
    {
        foreach (NatsRotation rotation in RotationReport.Of(OpenExisting(), Operator?.Name, Stopped).TakeWhile(_ => !Stopping))
        {
            WriteObject(rotation);
        }
    }
}
