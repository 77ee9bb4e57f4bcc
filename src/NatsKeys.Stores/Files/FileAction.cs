namespace NatsKeys.Files;

/// <summary>What can be done to a file or folder in one step. Each step is done wholly or not at all.</summary>
internal enum FileAction
{
    /// <summary>A file that was made ready takes its place.</summary>
    Put,

    /// <summary>A file is deleted.</summary>
    Delete,

    /// <summary>A folder is deleted where nothing is left in it.</summary>
    Prune,

    /// <summary>A file or folder gets another place.</summary>
    Move,
}
