using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace NatsKeys.Tests.Server;

/// <summary>
/// Accounts of five pages and a rest. How long it takes is told, and not asked for. The requests are those that other tests send to each server: here
/// many of them are under way at once, which one server shows. NATSKEYS_ACCOUNTS sets how many accounts there are.
/// </summary>
public sealed class ManyAccountsTests(ITestOutputHelper output) : ResolverTest
{
    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("NATSKEYS_ACCOUNTS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked
            : (5 * 64) + 1;

    [NatsServerFact(NewestOnly = true)]
    public async Task Accounts_of_many_pages_are_published_compared_taken_and_deleted()
    {
        await StartAsync(Deleting);
        Timed("make", $"0..{Count - 1} | ForEach-Object {{ $o | New-NatsAccount \"P$_\" | Out-Null }}; $all = Get-NatsAccount P* -Operator O2");

        Timed("publish", "$answers = $all | Publish-NatsAccount");
        Holds($"$answers.Count -eq {Count}", "$answers.Where({ $_.Outcome -ne 'Done' }).Count -eq 0");

        Timed("publish again", "$answers = $all | Publish-NatsAccount");
        Timed("compare those", "$found = $all | Compare-NatsAccount");
        Holds($"$found.Count -eq {Count}", "$found.Where({ $_.State -ne 'Same' }).Count -eq 0");

        Timed("compare all", "$found = Compare-NatsAccount -Operator O2");
        Holds($"$found.Count -eq {Count + 3}", "$found.Where({ $_.State -eq 'Missing' }).Count -eq 2");

        Timed("receive all", "$taken = Receive-NatsAccount -All -Operator O2");
        Holds("$null -eq $taken");

        Timed("delete", "$answers = $all | Unpublish-NatsAccount -Confirm:$false");
        Holds($"$answers.Count -eq {Count}", "(Compare-NatsAccount -Operator O2).Where({ $_.State -eq 'Same' }).Account -eq 'O2/SYS'");
    }

    private void Timed(string what, string script)
    {
        long start = Stopwatch.GetTimestamp();
        Run(script);
        output.WriteLine($"{what}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
    }
}
