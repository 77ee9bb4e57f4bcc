namespace NatsKeys.Inspection;

/// <summary>Whether messages are sent or received.</summary>
public enum AccessDirection : long
{
    /// <summary>Sending messages to subjects.</summary>
    Publish,

    /// <summary>Receiving messages from subjects.</summary>
    Subscribe,
}
