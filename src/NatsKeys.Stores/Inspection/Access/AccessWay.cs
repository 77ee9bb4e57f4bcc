using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A route by which a group reaches the subject of a question. It is the same for all members of the group.</summary>
internal sealed class AccessWay
{
    public AccessWay(AccessQuestion question, AccessGroup group, AccessRoute route, SubjectSet used, SubjectSet reached, AccessAccount target)
    {
        (Question, Group, Target, IsCertain) = (question, group, target, route.IsCertain);
        Reaches = reached.ToTexts();
        Sample = used.Sample() ?? "";
        Asked = route.ToAsked(SubjectSet.Of([Sample])).Intersect(reached).Sample() ?? "";
        IsMapped = route.Steps.Any(step => step.Kind == AccessStepKind.Mapping);
        Steps = [.. route.Steps.Select(Show)];
        if (question.Direction == AccessDirection.Publish)
        {
            // The permission applies to the subject before the account's own mapping.
            SubjectSet published = route.Mapping?.Preimage(used) ?? used;
            Uses = published.ToTexts();
            Published = published.Sample() ?? "";
            Verdict = PermissionEvaluator.Publish(group.Permissions, Sample, group.Server);
        }
        else
        {
            (Subscription, Queue) = PermissionEvaluator.SubscriptionFor(group.Permissions, Sample, group.Server) ?? (Sample, null);
            Uses = [.. used.ToTexts().Select(text => Queue is null ? text : $"{text} (queue {Queue})")];
            Verdict = PermissionEvaluator.Subscribe(group.Permissions, Subscription, Queue, group.Server);
        }
    }

    public AccessQuestion Question { get; }

    public AccessGroup Group { get; }

    public AccessAccount Target { get; }

    public bool IsCertain { get; }

    public string[] Steps { get; }

    /// <summary>The requested subjects that are reached.</summary>
    public string[] Reaches { get; }

    /// <summary>The subjects that are published or subscribed to for that.</summary>
    public string[] Uses { get; }

    /// <summary>One of the subjects to which the permission applies.</summary>
    public string Sample { get; }

    /// <summary>The requested subject that this sample reaches.</summary>
    public string Asked { get; }

    /// <summary>Whether the route has a mapping.</summary>
    public bool IsMapped { get; }

    /// <summary>The subject that is published; empty for a subscription.</summary>
    public string Published { get; } = "";

    /// <summary>The subject that is subscribed to; empty for publishing.</summary>
    public string Subscription { get; } = "";

    /// <summary>The queue group of the subscription; null for none.</summary>
    public string? Queue { get; }

    public PermissionVerdict Verdict { get; }

    /// <summary>The deciding entry, and where it is.</summary>
    public string Message => Verdict.Message + Group.Source switch
    {
        PermissionSource.Template => $" (template of role '{Group.Role}')",
        PermissionSource.AccountDefault => " (default permissions of the account)",
        _ => "",
    };

    private static string Show(AccessStep step)
    {
        string account = EntityPath.Parse(step.Account.Place).Name;
        return step.Kind switch
        {
            AccessStepKind.Import => $"import {step.Subject} of {account}",
            AccessStepKind.Export => $"export {step.Subject} of {account}",
            _ => $"mapping {step.Subject} of {account}",
        };
    }
}
