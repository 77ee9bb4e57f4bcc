namespace NatsKeys.Binding;

/// <summary>An argument that may be given in several ways.</summary>
internal interface IArgument
{
    /// <summary>What was given, for the targets of errors: the object, else the text.</summary>
    object Given => ToString()!;
}
