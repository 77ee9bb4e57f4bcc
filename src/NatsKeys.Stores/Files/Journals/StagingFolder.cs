namespace NatsKeys.Files;

/// <summary>Stages the files of a folder and its subfolders in the folder itself, so that a single record locates them all.</summary>
/// <param name="staging">The staging that tracks the files.</param>
/// <param name="folder">The folder.</param>
internal sealed class StagingFolder(Staging staging, string folder) : Staging
{
    /// <inheritdoc/>
    public override StagedFile Stage(string target) => staging.StageIn(folder, target);

    /// <inheritdoc/>
    public override StagedFile StageIn(string folder, string target) => staging.StageIn(folder, target);
}
