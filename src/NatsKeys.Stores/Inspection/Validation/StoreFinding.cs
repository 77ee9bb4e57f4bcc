using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A finding of a store check.</summary>
/// <param name="Path">The entity that it is about; null if a key belongs to no entity.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Claim">The claim that it is about.</param>
/// <param name="Message">The message that says what is wrong.</param>
public sealed record StoreFinding(EntityPath? Path, string Rule, FindingSeverity Severity, string Claim, string Message)
{
    /// <summary>The advice. The program that shows the finding sets it; checks leave it null.</summary>
    public string? Advice { get; init; }

    /// <summary>The file that it is about; null if there is none.</summary>
    public string? File { get; init; }

    /// <summary>The line of the file, from 1, if the file cannot be read; null otherwise.</summary>
    public int? Line { get; init; }

    /// <summary>The folder of the store; null for a store in memory.</summary>
    public string? Store { get; init; }

    /// <summary>Whether an earlier finding of the same check has the same advice, so that views need not repeat it.</summary>
    internal bool IsAdviceKnown { get; init; }

    /// <summary>Gets the message and the advice, for views. The advice is left out if an earlier finding of the same check has it.</summary>
    public string GetText() => Advice is null || IsAdviceKnown ? Message : $"{Message}\n{Advice}";

    /// <summary>The severity, the entity, the message and the name of the rule.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Severity}: {Path?.ToString() ?? "the store"}: {Message} ({Rule})");

    internal static StoreFinding Of(EntityPath? path, ValidationRule rule, string claim, string message) =>
        new(path, rule.Name, rule.Severity, claim, SecretShape.Mask(message));

    internal static StoreFinding Of(EntityPath? path, Finding finding) =>
        new(path, finding.Rule, finding.Severity, finding.Claim, finding.Message);

    /// <summary>The same finding with the file of its entity and the folder of the store.</summary>
    internal StoreFinding In(NatsStore store) => store is FolderStore folder
        ? this with { Store = folder.Location, File = File ?? (Path is null ? null : folder.Layout.FileOf(Path)) }
        : this;
}
