using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>
/// A program that signs: it reads bytes from its standard input until that ends, and writes their signature to its standard output, as 64
/// bytes or as their text in base64 or base64url.
/// </summary>
/// <param name="path">The full path of the program.</param>
/// <param name="arguments">What it is started with.</param>
/// <param name="folder">The folder in which it runs.</param>
public sealed class SigningProgram(string path, IReadOnlyList<string> arguments, string folder)
{
    private const int MostOutput = 4096;
    private const int ShownLetters = 300;

    /// <summary>Runs the program.</summary>
    /// <param name="data">The bytes to sign.</param>
    /// <param name="cancellation">Ends the program, and the programs that it started.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ExternalSigner"/>: it cannot be started, fails, or writes no signature.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public byte[] Sign(byte[] data, CancellationToken cancellation)
    {
        using Process process = Start();
        using CancellationTokenRegistration end = cancellation.Register(() => Kill(process));
        Task<byte[]> errors = ReadAsync(process.StandardError.BaseStream);
        Task<byte[]> output = ReadAsync(process.StandardOutput.BaseStream);
        Write(process, data);
        byte[] written = output.GetAwaiter().GetResult();
        string said = Encoding.UTF8.GetString(errors.GetAwaiter().GetResult());
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw Fault($"ended with code {process.ExitCode}{Quote(said)}");
        }

        return written.Length == ISigner.SignatureLength
            ? written
            : SignatureText.Decode(Encoding.UTF8.GetString(written)) ?? throw Fault($"wrote something that is not a signature of {ISigner.SignatureLength} bytes{Quote(said)}");
    }

    /// <summary>Reads all that comes, so that the program does not wait for its reader, and keeps the beginning.</summary>
    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        byte[] kept = new byte[MostOutput];
        byte[] rest = new byte[MostOutput];
        int length = await stream.ReadAtLeastAsync(kept, MostOutput, throwOnEndOfStream: false).ConfigureAwait(false);
        while (length == MostOutput && await stream.ReadAsync(rest).ConfigureAwait(false) > 0)
        {
        }

        return kept[..length];
    }

    private static void Write(Process process, byte[] data)
    {
        try
        {
            process.StandardInput.BaseStream.Write(data);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read, or has ended. What it wrote tells whether that is right.
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
            // It has ended by itself.
        }
    }

    /// <summary>What the program said, in one line; a seed among it is not repeated.</summary>
    private static string Quote(string said)
    {
        string[] words = said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string text = string.Join(' ', words.Select(word => SecretShape.IsLikely(word) ? "(not shown)" : word));
        return text.Length == 0 ? "" : $": {(text.Length > ShownLetters ? text[..ShownLetters] + "…" : text)}";
    }

    private Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo(path, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            })!;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            throw new NatsKeysException(ErrorCode.ExternalSigner, $"The program '{path}' cannot be started: {error.Message}", error);
        }
    }

    private NatsKeysException Fault(string what) => new(ErrorCode.ExternalSigner, $"The program '{path}' {what}");
}
