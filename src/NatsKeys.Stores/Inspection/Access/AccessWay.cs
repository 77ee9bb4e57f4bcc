using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A way by which those of a group get at what was asked for. What is said of it is the same for all of them.</summary>
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
            // The permission is for what the own account makes of it.
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

    /// <summary>Which of the subjects that were asked for are reached.</summary>
    public string[] Reaches { get; }

    /// <summary>What is published, or subscribed to, for that.</summary>
    public string[] Uses { get; }

    /// <summary>One of the subjects for which the permission is.</summary>
    public string Sample { get; }

    /// <summary>The subject that was asked for to which that one belongs.</summary>
    public string Asked { get; }

    /// <summary>Whether a mapping lies in the way.</summary>
    public bool IsMapped { get; }

    /// <summary>What is published to get there.</summary>
    public string Published { get; } = "";

    /// <summary>What is subscribed to for that.</summary>
    public string Subscription { get; } = "";

    /// <summary>The queue group that it takes.</summary>
    public string? Queue { get; }

    public PermissionVerdict Verdict { get; }

    /// <summary>The entry that decides, with where it stands.</summary>
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
