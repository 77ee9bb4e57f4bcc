namespace NatsKeys.Inspection;

/// <summary>What somebody may do with subjects.</summary>
public enum AccessDirection : long
{
    /// <summary>Send messages to them.</summary>
    Publish,

    /// <summary>Receive what is sent to them.</summary>
    Subscribe,
}
