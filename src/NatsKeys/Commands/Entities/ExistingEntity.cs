namespace NatsKeys.Commands;

/// <summary>What becomes of an entity that is to be made, and is there already.</summary>
public enum ExistingEntity : long
{
    /// <summary>It is an error.</summary>
    Error,

    /// <summary>It stays as it is, and goes down the pipeline.</summary>
    Skip,

    /// <summary>It gets what was given, is signed again where that changes anything, and goes down the pipeline.</summary>
    Update,
}
