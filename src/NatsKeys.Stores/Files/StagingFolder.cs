namespace NatsKeys.Files;

/// <summary>Has files of a folder and of those below it wait in the folder itself, so that one place tells where they are.</summary>
/// <param name="staging">Takes care of them.</param>
/// <param name="folder">The folder.</param>
internal sealed class StagingFolder(Staging staging, string folder) : Staging
{
    /// <inheritdoc/>
    public override StagedFile Stage(string target) => staging.StageIn(folder, target);

    /// <inheritdoc/>
    public override StagedFile StageIn(string folder, string target) => staging.StageIn(folder, target);
}
