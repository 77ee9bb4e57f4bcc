namespace NatsKeys.Files;

/// <summary>The journal of a process that writes a few files with secrets and changes no store.</summary>
/// <param name="keyRoot">The key root that contains the journal.</param>
internal sealed class BriefJournal(string keyRoot) : Staging, IDisposable
{
    private readonly FileJournal journal = new(keyRoot);

    /// <inheritdoc/>
    public override StagedFile Stage(string target) => journal.Stage(target);

    /// <inheritdoc/>
    public override StagedFile StageIn(string folder, string target) => journal.StageIn(folder, target);

    public void Dispose() => journal.Close();
}
