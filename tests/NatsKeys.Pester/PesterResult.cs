namespace NatsKeys.Pester;

/// <summary>What became of the tests in one file.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">Each that failed, with its message and where that was; so is a set-up that threw, and a file that cannot be read.</param>
/// <param name="Skipped">Each that did not run, with the reason that it gave.</param>
internal sealed record PesterResult(int Passed, IReadOnlyList<string> Failed, IReadOnlyList<string> Skipped)
{
    /// <summary>Says how many passed, failed and were skipped, and names all but those that passed.</summary>
    public override string ToString() =>
        string.Join('\n', [$"{Passed} passed, {Failed.Count} failed, {Skipped.Count} skipped.", .. Failed, .. Skipped]);
}
