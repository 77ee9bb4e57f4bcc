using System.Management.Automation;
using NatsKeys.Editing;

namespace NatsKeys.Commands;

/// <summary>Gets the unfinished key rotations, with what is pending.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Rotation)]
[OutputType(typeof(NatsRotation))]
public sealed class GetNatsRotationCommand : WholeStoreCmdlet
{
    private protected override void ProcessItem()
    {
        foreach (NatsRotation rotation in RotationFinder.Of(OpenExisting(), Operator?.Name, Stopped).TakeWhile(_ => !Stopping))
        {
            WriteObject(rotation with { Next = NextCommand(rotation) });
        }
    }

    /// <summary>Returns the command that continues a rotation.</summary>
    private static string NextCommand(NatsRotation rotation) => !rotation.IsOwnerThere ? ""
        : rotation.State == RotationState.Publishing ? $"Publish-NatsAccount {rotation.Owner.Name}"
        : rotation.ReplacesIdentity ? $"Update-NatsOperatorKey {rotation.Owner.Name}"
        : $"Update-NatsSigningKey {rotation.OldKey}";
}
