namespace NatsKeys.Files;

/// <summary>Chooses where files with secrets are staged, so that they are cleared away even if the process ends abruptly.</summary>
internal abstract class Staging
{
    /// <summary>Returns a path for a staged file, on the same disk as its target.</summary>
    public abstract StagedFile Stage(string target);

    /// <summary>Returns a path for a staged file in a folder that is on the same disk as its target.</summary>
    public abstract StagedFile StageIn(string folder, string target);

    /// <summary>
    /// Returns a path for a staged file. It is tracked for clean-up if its content is secret or <paramref name="staging"/> is given.
    /// </summary>
    public static StagedFile Stage(Staging? staging, string target, bool isSecret) =>
        staging?.Stage(target) ?? (isSecret ? StageLoose(target) : StagedFile.Beside(target));

    /// <summary>
    /// Returns a path for a staged file outside any store. The default key root tracks it. If that fails, nothing cleans it up, and the file is
    /// written nevertheless.
    /// </summary>
    private static StagedFile StageLoose(string target)
    {
        string keyRoot = DefaultFolders.KeyRoot;
        JournalFolder.Clear(keyRoot);
        var journal = new BriefJournal(keyRoot);
        StagedFile staged = journal.Stage(target);
        return new StagedFile(staged.Path, () =>
        {
            staged.Dispose();
            journal.Dispose();
        });
    }
}
