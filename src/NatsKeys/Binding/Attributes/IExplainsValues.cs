namespace NatsKeys.Binding;

/// <summary>An attribute that says which values it accepts, for errors about table cells: the engine hides its own error.</summary>
internal interface IExplainsValues
{
    /// <summary>What is accepted, as a sentence.</summary>
    string Accepted { get; }
}
