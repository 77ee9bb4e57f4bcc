using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>
/// Describes input that a parameter or a cmdlet does not take. PowerShell's own errors do not say what the input was, nor what fits.
/// </summary>
internal static class Misfit
{
    /// <summary>What an object of this module is, for messages; null for other objects.</summary>
    public static string? Describe(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        NatsEntity entity => $"the {entity.Path}",
        AccountItem item => $"the {item.GetType().Name} '{item}' of the {item.GetAccount().Path}",
        NatsSigningKey key => $"the signing key {key.PublicKey} of the {key.GetOwner().Path}",
        NatsStore store => $"the store {store.Location}",
        { } other when other.GetType().Assembly == typeof(NatsStore).Assembly || other.GetType().Assembly == typeof(NatsKeysException).Assembly =>
            $"a {other.GetType().Name}",
        _ => null,
    };

    /// <summary>The error about an object of this module that is not of the required kind.</summary>
    /// <param name="input">The object.</param>
    /// <param name="kind">The required kind, such as <c>User</c>.</param>
    public static ArgumentTransformationMetadataException NotOfKind(object input, string kind)
    {
        string lower = ClaimNames.Fold(kind);
        string article = lower[0] is 'a' or 'o' ? "An" : "A";
        return new($"The input is {Describe(input) ?? $"'{input}'"}. {article} {lower} is required. Get-Nats{kind} returns them.");
    }
}
