namespace NatsKeys.Core.Tests.Schema;

/// <summary>What a member of a claim object holds.</summary>
internal enum ClaimForm
{
    Text,
    Integer,
    Flag,
    Texts,
    Sampling,
    Object,
    Objects,
    IntegerMap,
    ObjectMap,
    ListMap,
}
