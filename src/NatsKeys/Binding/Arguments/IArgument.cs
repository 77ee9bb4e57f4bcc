namespace NatsKeys.Binding;

/// <summary>An argument that can be given in several ways.</summary>
internal interface IArgument
{
    /// <summary>The object or text that was given, as the target of errors.</summary>
    object Given => ToString()!;
}
