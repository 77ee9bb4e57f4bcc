using System.Diagnostics.CodeAnalysis;

namespace NatsKeys.Shell;

/// <summary>The command line of the shell.</summary>
internal sealed record ShellOptions
{
    internal const string Usage = "Usage: NatsKeys.Shell [-NoExit] [script.ps1 [arguments] | -Command text]";

    /// <summary>Gets the path of the script to run.</summary>
    internal string? Script { get; private init; }

    /// <summary>Gets what is passed on to the script.</summary>
    internal IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>Gets the text to run.</summary>
    internal string? Command { get; private init; }

    /// <summary>Gets a value indicating whether the prompt follows.</summary>
    internal bool StaysOpen { get; private init; }

    /// <summary>Reads the command line. Everything behind the script's name belongs to the script, whatever it looks like.</summary>
    /// <param name="args">The words of the command line.</param>
    /// <param name="options">What they ask for.</param>
    /// <param name="problem">What is wrong with them.</param>
    /// <returns>Whether they were understood.</returns>
    internal static bool TryParse(string[] args, out ShellOptions options, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        options = new ShellOptions { StaysOpen = args.Length == 0 };
        for (int i = 0; i < args.Length; i++)
        {
            if (Is(args[i], "-NoExit"))
            {
                options = options with { StaysOpen = true };
            }
            else if (Is(args[i], "-Command") || Is(args[i], "-c"))
            {
                if (i + 1 == args.Length)
                {
                    problem = "-Command needs the text to run.";
                }

                options = options with { Command = string.Join(' ', args[(i + 1)..]) };
                return problem is null;
            }
            else if (Is(args[i], "-File") && i + 1 < args.Length)
            {
                // What follows is the script's name, which is where the next round stops.
            }
            else if (args[i].StartsWith('-'))
            {
                problem = $"'{args[i]}' is not an option.";
                return false;
            }
            else
            {
                options = options with { Script = args[i], Arguments = args[(i + 1)..] };
                return true;
            }
        }

        // -NoExit alone is the prompt, too.
        return true;
    }

    private static bool Is(string argument, string option) => argument.Equals(option, StringComparison.OrdinalIgnoreCase);
}
