using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using NATS.NKeys;

namespace NatsKeys.Signer;

/// <summary>
/// A program that signs, as the client of a key service does. Its arguments are the form of the signature, or how it goes wrong; the
/// environment variable that has the seed, in base64; and a file to which it adds a letter each time, for whoever counts them.
/// </summary>
internal static class Program
{
    private const int Failed = 3;

    private static int Main(string[] args)
    {
        if (args is [_, _, var file])
        {
            File.AppendAllText(file, "x");
        }

        if (args[0] == "knows")
        {
            Console.Error.WriteLine(
                string.Join(' ', args[1].Split(',').Select(name => Environment.GetEnvironmentVariable(name) is null ? "no" : "yes")));
            return Failed;
        }

        // In base64, as variables with seeds in plain text are kept from programs.
        string seed = Encoding.ASCII.GetString(Convert.FromBase64String(Environment.GetEnvironmentVariable(args[1]) ?? ""));
        switch (args[0])
        {
            case "fails":
                Console.Error.WriteLine("the service\nis closed");
                return Failed;
            case "hangs":
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "leaves":
                // Somebody who stays behind, with the same standard output.
                Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["waits", .. args[1..]]))!.Dispose();
                break;
            case "nests":
                // Somebody who works for it, as a client does that asks another program.
                Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["holds", args[1], args[2] + ".child"]))!.Dispose();
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "holds":
                // Holds its file as long as it lives, which is no longer than the folder does.
                using (new FileStream(args[2], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    File.WriteAllText(args[2] + ".held", "");
                    while (File.Exists(args[2]))
                    {
                        Thread.Sleep(20);
                    }
                }

                return 0;
            case "waits":
                while (File.Exists(args[2]))
                {
                    Thread.Sleep(20);
                }

                return 0;
            case "tells":
                Console.Error.WriteLine($"no, {seed} is secret");
                return Failed;
        }

        using var key = KeyPair.FromSeed(seed.ToCharArray());
        byte[] signature = new byte[64];
        key.Sign(ReadAll(), signature);
        using Stream output = Console.OpenStandardOutput();
        output.Write(args[0] switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(signature) + "\n"),
            "base64url" => Encoding.ASCII.GetBytes(Base64Url.EncodeToString(signature)),
            "short" => signature[..63],
            "much" => new byte[100_000],
            "nothing" => [],
            _ => signature,
        });
        return 0;
    }

    private static byte[] ReadAll()
    {
        using var data = new MemoryStream();
        using Stream input = Console.OpenStandardInput();
        input.CopyTo(data);
        return data.ToArray();
    }
}
