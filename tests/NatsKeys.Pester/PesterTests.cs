namespace NatsKeys.Pester;

/// <summary>The files of <c>tests/Pester</c>, each a case.</summary>
public sealed class PesterTests(PesterSession session) : IClassFixture<PesterSession>
{
    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(PesterSession.Folder, "*.Tests.ps1", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(PesterSession.Folder, path)).Order(StringComparer.Ordinal),
    ];

    /// <summary>All tests of a file pass. Where one of them was skipped, so is the case: what is told to pass has run.</summary>
    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Passes(string file)
    {
        PesterResult result = session.RunFile(Path.Combine(PesterSession.Folder, file));
        Assert.True(result.Failed.Count == 0, result.ToString());
        Assert.True(result.Passed + result.Skipped.Count > 0, "There is no test in this file.");
        Skip.If(result.Skipped.Count > 0, result.ToString());
    }
}
