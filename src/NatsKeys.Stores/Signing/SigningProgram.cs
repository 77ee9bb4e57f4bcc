using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>
/// A program that signs: it reads bytes from its standard input up to the end, and writes their signature to its standard output, as 64
/// bytes, base64 or base64url. It gets the environment of this process without passphrases and seeds.
/// </summary>
/// <param name="path">The full path of the program.</param>
/// <param name="arguments">The arguments of the program.</param>
/// <param name="folder">The working folder of the program.</param>
/// <param name="patience">The timeout for a signature; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
internal sealed class SigningProgram(string path, IReadOnlyList<string> arguments, string folder, TimeSpan patience)
{
    private const int ShownLetters = 300;

    /// <summary>Runs the program.</summary>
    /// <param name="data">The bytes to sign.</param>
    /// <param name="cancellation">Kills the program and its child processes.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.ExternalSigner"/>: it cannot be started, fails, takes too long, or writes no signature.
    /// </exception>
    /// <exception cref="OperationCanceledException">The signing was cancelled.</exception>
    public byte[] Sign(byte[] data, CancellationToken cancellation)
    {
        using Process process = Start();
        using var late = new CancellationTokenSource(patience);
        using CancellationTokenRegistration end = cancellation.Register(() => Kill(process));
        using CancellationTokenRegistration endLate = late.Token.Register(() => Kill(process));
        var errors = new ProgramOutput(process.StandardError.BaseStream);
        var output = new ProgramOutput(process.StandardOutput.BaseStream);

        // A program that does not read its input must not delay the timeout.
        _ = Task.Factory.StartNew(() => Write(process, data), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        process.WaitForExitAsync(CancellationToken.None).GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        if (late.IsCancellationRequested)
        {
            throw Fault(
                string.Create(CultureInfo.InvariantCulture, $"was stopped: it returned no signature within {patience.TotalSeconds:0.###} seconds"));
        }

        byte[] written = output.Take(part => SignatureOf(part) is not null);
        string errorText = Encoding.UTF8.GetString(errors.Take(_ => true));
        if (process.ExitCode != 0)
        {
            throw Fault($"ended with exit code {process.ExitCode}{Quote(errorText)}");
        }

        return SignatureOf(written) ?? throw Fault($"wrote something that is not a signature of {ISigner.SignatureLength} bytes{Quote(errorText)}");
    }

    private static byte[]? SignatureOf(byte[] written) =>
        written.Length == ISigner.SignatureLength ? written : SignatureParser.Decode(Encoding.UTF8.GetString(written));

    private static void Write(Process process, byte[] data)
    {
        try
        {
            process.StandardInput.BaseStream.Write(data);
            process.StandardInput.Close();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The program does not read its input, or has ended. Its output shows whether that is a failure.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // The program has already ended.
        }
    }

    /// <summary>Quotes the error output of the program in one line, without seeds.</summary>
    private static string Quote(string errorText)
    {
        string[] words = errorText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string text = string.Join(' ', words.Select(word => SecretShape.IsLikely(word) ? "(not shown)" : word));
        return text.Length == 0 ? "" : $": {(text.Length > ShownLetters ? text[..ShownLetters] + "…" : text)}";
    }

    private Process Start()
    {
        try
        {
            var start = new ProcessStartInfo(path, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            };
            foreach (string variable in start.Environment
                .Where(variable => IsSecret(variable.Key, variable.Value))
                .Select(variable => variable.Key).ToList())
            {
                start.Environment.Remove(variable);
            }

            return Process.Start(start)!;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            throw new NatsKeysException(ErrorCode.ExternalSigner, $"The program '{path}' cannot be started: {error.Message}", error);
        }
    }

    private static bool IsSecret(string variable, string? value) =>
        variable.Equals(RootPassphrase.Variable, StringComparison.OrdinalIgnoreCase) || (value is not null && SecretShape.HasSeed(value));

    private NatsKeysException Fault(string what) => new(ErrorCode.ExternalSigner, $"The program '{path}' {what}");
}
