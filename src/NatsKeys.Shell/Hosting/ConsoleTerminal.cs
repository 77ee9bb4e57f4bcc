using System.Security;

namespace NatsKeys.Shell.Hosting;

/// <summary>The console of the process.</summary>
internal sealed class ConsoleTerminal : Terminal
{
    // No console, no width; wide enough that tables keep their columns in a log.
    private const int RedirectedWidth = 120;

    private static bool AllowsColour { get; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc/>
    internal override TextWriter Output => Console.Out;

    /// <inheritdoc/>
    internal override TextWriter Error => Console.Error;

    /// <inheritdoc/>
    internal override bool CanPrompt => !Console.IsInputRedirected;

    /// <inheritdoc/>
    internal override bool HasColour => AllowsColour && !Console.IsOutputRedirected;

    /// <inheritdoc/>
    internal override bool ErrorHasColour => AllowsColour && !Console.IsErrorRedirected;

    /// <inheritdoc/>
    internal override int Width => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? RedirectedWidth : Console.WindowWidth;

    /// <inheritdoc/>
    internal override int Height => Console.IsOutputRedirected || Console.WindowHeight <= 0 ? 25 : Console.WindowHeight;

    /// <inheritdoc/>
    internal override string? ReadLine() => Console.ReadLine();

    /// <inheritdoc/>
    internal override SecureString ReadSecret()
    {
        var secret = new SecureString();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                break;
            }

            if (key.Key != ConsoleKey.Backspace && key.KeyChar != '\0')
            {
                secret.AppendChar(key.KeyChar);
            }
            else if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
        }

        Console.Out.WriteLine();
        secret.MakeReadOnly();
        return secret;
    }
}
