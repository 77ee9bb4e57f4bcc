namespace NatsKeys.Commands;

/// <summary>What happens if an entity to create already exists.</summary>
public enum ExistingEntity : long
{
    /// <summary>An error is written.</summary>
    Error,

    /// <summary>The entity is not changed, and goes down the pipeline.</summary>
    Skip,

    /// <summary>The entity is changed to what was specified, is signed again if that changes anything, and goes down the pipeline.</summary>
    Update,
}
