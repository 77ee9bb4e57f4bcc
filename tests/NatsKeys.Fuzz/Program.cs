using System.Globalization;
using System.Security.Cryptography;
using NatsKeys.Fuzz;

// dotnet run -c Release --project tests/NatsKeys.Fuzz -- [count] [seed] [--save <folder>] [--replay <file>]
string? save = Option("--save");
string? replay = Option("--replay");
string[] numbers = [.. args.Where(
    (argument, index) =>
        !argument.StartsWith("--", StringComparison.Ordinal) && (index == 0 || !args[index - 1].StartsWith("--", StringComparison.Ordinal)))];
if (replay is not null)
{
    // A finding is saved under the name of its target.
    string name = Path.GetFileName(replay).Split('-')[0];
    var corpus = new Corpus(Path.Combine(AppContext.BaseDirectory, "vectors"));
    IFuzzTarget target = FuzzRun.Targets(corpus).Single(entry => entry.Target.Name == name).Target;
    Console.WriteLine(target.Run(File.ReadAllBytes(replay)) ? "accepted" : "refused");
    return 0;
}

long count = numbers.Length > 0 ? long.Parse(numbers[0], CultureInfo.InvariantCulture) : 1_000_000;
int seed = numbers.Length > 1 ? int.Parse(numbers[1], CultureInfo.InvariantCulture) : RandomNumberGenerator.GetInt32(int.MaxValue);
Console.WriteLine($"seed {seed}");
FuzzSummary summary = new FuzzRun(seed).Run(count);
foreach (FuzzFinding finding in summary.Findings)
{
    Console.WriteLine($"FINDING {finding.Cause} (input {finding.Index}, {finding.Input.Length} bytes)");
    if (save is not null)
    {
        string file = Path.Combine(Directory.CreateDirectory(save).FullName, $"{finding.Target}-{finding.Index}");
        File.WriteAllBytes(file + ".input", finding.Input);
        File.WriteAllText(file + ".txt", finding.Detail);
    }
}

Console.WriteLine(summary);
return summary.Findings.Count == 0 ? 0 : 1;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and int index && index + 1 < args.Length ? args[index + 1] : null;
