namespace NatsKeys.Files;

/// <summary>The action of a step on a file or folder. Each step is atomic.</summary>
internal enum FileAction
{
    /// <summary>Moves a staged file into place.</summary>
    Put,

    /// <summary>Deletes a file.</summary>
    Delete,

    /// <summary>Deletes a folder if it is empty.</summary>
    Prune,

    /// <summary>Moves a file or folder.</summary>
    Move,
}
