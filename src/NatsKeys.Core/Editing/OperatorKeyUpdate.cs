using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What the change of an operator's identity key did.</summary>
/// <param name="Operator">The operator, as it is now.</param>
/// <param name="OldKey">The public key that it had.</param>
/// <param name="SignedAgain">The accounts that the new key signed, because the old one had.</param>
public sealed record OperatorKeyUpdate(NatsOperator Operator, string OldKey, IReadOnlyList<EntityPath> SignedAgain);
