using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>Takes users as their only key, and refuses other entities, which may have several keys.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeyInputAttribute : PipelineInputAttribute
{
    protected override object? Take(object? given, object? input) => input switch
    {
        NatsUser { Subject: { } key } user => new KeyArgument(key, user.Store),
        NatsEntity entity => throw new ArgumentTransformationMetadataException(
            $"The input is the {entity.Path}, which may have several keys. Specify the public key of one of them: its identity key is "
                + $"{entity.Subject}, and Get-NatsSigningKey returns its signing keys."),
        _ => given,
    };
}
