using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>Two writers at once lose no edit, and nobody sees half a file.</summary>
public sealed class ConcurrencyTests : ModuleTest
{
    private const int Writers = 4;
    private const int Edits = 12;

    [Theory]
    [InlineData("New-NatsStore ./shared -KeyPath ./secret")]
    [InlineData("New-NatsStore -InMemory")]
    public async Task Every_signing_key_that_was_added_is_listed_and_readers_see_whole_files(string store)
    {
        object shared = Share(store);
        int failures = 0;
        int reads = 0;
        using var ended = new CancellationTokenSource();
        Task<RunResult[]> writers = AtOnce($"1..{Edits} | ForEach-Object {{ Add-NatsSigningKey -Account A -Store $shared }}", shared);
        Task reader = Task.Run(() =>
        {
            using var session = new PowerShellSession(ownsRoots: false);
            do
            {
                RunResult result = session.Run("Get-NatsAccount A -Store $shared | ForEach-Object { \"$($_.State)\" }", ("shared", shared));
                failures += result.Errors.Count == 0 && result.Output is [{ BaseObject: "Signed" }] ? 0 : 1;
                reads++;
            }
            while (!ended.IsCancellationRequested);
        });

        RunResult[] results = await writers;
        await ended.CancelAsync();
        await reader;

        Assert.True(reads > 0);
        Assert.Equal(0, failures);
        Assert.All(results, result => Assert.Empty(result.Errors));
        Assert.Equal(Writers * Edits, results.Sum(result => result.Output.Count));
        Assert.Equal(Writers * Edits, Value("(Get-NatsAccount A -Store $s).SigningKeys.Count"));
    }

    [Theory]
    [InlineData("New-NatsStore ./shared -KeyPath ./secret")]
    [InlineData("New-NatsStore -InMemory")]
    public async Task Of_those_that_make_the_same_user_at_once_all_but_one_are_told_that_it_exists(string store)
    {
        object shared = Share(store);

        RunResult[] results = await AtOnce($"1..{Edits} | ForEach-Object {{ New-NatsUser \"u$_\" -Account A -Store $shared }}", shared);

        Assert.Equal(Edits, results.Sum(result => result.Output.Count));
        Assert.All(results.SelectMany(result => result.ErrorIds), id => Assert.Equal("EntityExists", id));
    }

    private object Share(string store)
    {
        Run($"$s = {store}; New-NatsOperator O2 -Store $s | New-NatsAccount A | Out-Null");
        return Value("$s")!;
    }

    /// <summary>Runs a script in several sessions, which begin at the same moment.</summary>
    private static async Task<RunResult[]> AtOnce(string script, object shared)
    {
        PowerShellSession[] sessions = [.. Enumerable.Range(0, Writers).Select(_ => new PowerShellSession(ownsRoots: false))];
        using var start = new Barrier(Writers);
        try
        {
            return await Task.WhenAll(sessions.Select(session => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return session.Run(script, ("shared", shared));
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
        }
        finally
        {
            foreach (PowerShellSession session in sessions)
            {
                session.Dispose();
            }
        }
    }
}
