using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Formatting;
using NatsKeys.Signing;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>Writes the messages of cmdlets about their changes.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class ChangeMessages(NatsCmdlet cmdlet)
{
    private readonly List<SignerReason> reasons = [];

    /// <summary>Keeps the reason for a chosen key. It is written after the change, because a reader may stop the pipeline.</summary>
    public void Keep(SignerReason reason) => reasons.Add(reason);

    /// <summary>Writes which keys were chosen automatically, and why.</summary>
    public void WriteReasons()
    {
        SignerReason[] kept = [.. reasons.Distinct()];
        reasons.Clear();
        foreach (SignerReason reason in kept)
        {
            cmdlet.WriteVerbose($"{reason}");
        }
    }

    /// <summary>Writes what was signed with which key, or that nothing was.</summary>
    public void WriteChange(EntityChangeResult result)
    {
        WriteReasons();
        cmdlet.Stores.WriteNotices(result.Entity.Store);
        cmdlet.WriteVerbose(result.IsChanged
            ? $"Signed {result.Entity.Path} with {SignerName.OfKey(result.Entity.Above, result.Entity.Issuer)}."
            : $"The {result.Entity.Path} already has the requested values. Nothing was signed or written.");
    }

    /// <summary>The text that -WhatIf shows besides the action: one line for each difference.</summary>
    /// <param name="isChanged">Whether anything changes.</param>
    /// <param name="differences">The differences.</param>
    /// <param name="entity">The entity. Its store knows the names for public keys.</param>
    /// <param name="isFile">Whether a file was edited, which has claims instead of settings.</param>
    public static string Details(bool isChanged, IReadOnlyList<ClaimDifference> differences, NatsEntity entity, bool isFile = false) =>
        !isChanged ? "\n  Nothing changes."
        : differences.Count == 0 ? ""
        : $"\n  {KnownNames.In(ClaimDifference.DescribeLines(differences, isNamed: !isFile), entity)}";

    /// <summary>The text that -WhatIf shows of the change of an entity: its differences, and the role that a user moves to or leaves.</summary>
    /// <param name="rehearsed">The change.</param>
    /// <param name="before">The entity before it.</param>
    public static string Details(EntityChangeResult rehearsed, NatsEntity before)
    {
        string settings = Details(rehearsed.IsChanged, rehearsed.Differences, before);
        return before is NatsUser user && rehearsed.Signer is { } signer && user.Parent.ScopeOf(signer)?.Role is var role && role != user.Role
            ? $"\n  Role {user.Role ?? "none"} → {role ?? "none"}{settings}"
            : settings;
    }

    /// <summary>Warns that the permissions of a role no longer restrict a user.</summary>
    public void WriteLostRole(EntityChangeResult change)
    {
        if (change.LeavesRole)
        {
            cmdlet.WriteWarning(
                $"The {change.Entity.Path} had the permissions of a role. It now has its own, or those of its account. Get-NatsUser shows them.");
        }
    }

    /// <summary>Warns of entities that a key signed and that are no longer valid.</summary>
    /// <param name="key">The key or keys, as the message names them.</param>
    /// <param name="invalid">The entities.</param>
    /// <param name="known">What servers must receive before this takes effect.</param>
    /// <param name="when">Which of the key's signatures are invalid; empty for all.</param>
    public void WriteInvalid(string key, IEnumerable<NatsEntity> invalid, object known, string when = "")
    {
        EntityPath[] paths = [.. invalid.Select(entity => entity.Path)];
        if (paths.Length > 0)
        {
            cmdlet.WriteWarning(
                $"These entities, signed by {key}{when}, become invalid as soon as servers have the new {known}: {PathNames.Of(paths)}.");
        }
    }

    /// <summary>
    /// Warns of entries that were to be removed but do not exist. They may be misspelled, and then the intended entries still exist.
    /// </summary>
    /// <param name="who">The changed entity or role.</param>
    /// <param name="missing">The parameters, their values, and the entries that may be meant.</param>
    public void WriteMissing(string who, IEnumerable<(string Parameter, string Value, string? Meant)> missing)
    {
        foreach ((string parameter, string value, string? meant) in missing)
        {
            cmdlet.WriteWarning(
                $"The {who} has no '{value}', so -{parameter} did not remove it.{(meant is null ? "" : $" Did you mean '{meant}'?")}");
        }
    }

    /// <summary>Warns of what became allowed because the last restricting entry was removed.</summary>
    public void WriteOpened(EntityChangeResult change, PermissionRemovals removals, string who)
    {
        foreach (string what in change.IsChanged ? removals.Opened : [])
        {
            cmdlet.WriteWarning($"{who} may now {what}: the last entry that restricted it was removed.");
        }
    }

    /// <summary>Writes the pending steps of a key rotation, and the result.</summary>
    public void WriteRotation(KeyRotationResult rotation)
    {
        WriteReasons();
        NatsEntity owner = rotation.GetOwner();
        cmdlet.Stores.WriteNotices(owner.Store);
        cmdlet.WriteVerbose(
            $"Signed {owner.Path} with {owner.Issuer}, and {rotation.SignedAgain.Count + rotation.Importers.Count} others again.");
        foreach (PendingSignature pending in rotation.Pending.Take(ViewFormatter.Most))
        {
            cmdlet.WriteWarning(RemedyAdvice.AddTo($"Not signed again: {pending}", pending.Remedy));
        }

        if (rotation.Pending.Count > ViewFormatter.Most)
        {
            cmdlet.WriteWarning($"{rotation.Pending.Count - ViewFormatter.Most} more were not signed again. The property Pending lists them all.");
        }

        if (rotation.LeftRevoked.Count > 0)
        {
            cmdlet.WriteVerbose($"Revoked users were not signed again: {PathNames.Of(rotation.LeftRevoked)}.");
        }

        cmdlet.WriteObject(rotation);
    }
}
