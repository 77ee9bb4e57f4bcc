namespace NatsKeys.Files;

/// <summary>Says where files with secrets wait for their places, so that somebody clears them away whenever the process ends.</summary>
internal abstract class Staging
{
    /// <summary>A place for a file that waits, on the disk of its target.</summary>
    public abstract StagedFile Stage(string target);

    /// <summary>A place for a file that waits in a folder, which is on the disk of its target.</summary>
    public abstract StagedFile StageIn(string folder, string target);

    /// <summary>A place for a file that waits: one that is cleared away, where its content is secret or somebody says where.</summary>
    public static StagedFile Stage(Staging? staging, string target, bool isSecret) =>
        staging?.Stage(target) ?? (isSecret ? StageLoose(target) : StagedFile.Beside(target));

    /// <summary>
    /// A place for a file of no store. The key root that is used when none is named takes care of it; where it cannot, nobody does, and the file
    /// is written nevertheless.
    /// </summary>
    private static StagedFile StageLoose(string target)
    {
        string keyRoot = UsualFolders.KeyRoot;
        JournalFolder.Clear(keyRoot);
        var journal = new BriefJournal(keyRoot);
        try
        {
            StagedFile staged = journal.Stage(target);
            return new StagedFile(staged.Path, () =>
            {
                staged.Dispose();
                journal.Dispose();
            });
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }
}
