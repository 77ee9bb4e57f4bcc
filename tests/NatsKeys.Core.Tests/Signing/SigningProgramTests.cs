using System.Text;
using NatsKeys.Core.Tests.Store;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Core.Tests.Signing;

public sealed class SigningProgramTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly string Signer = TestProgram.PathOf("NatsKeys.Signer");

    private readonly TemporaryFolder folder = new();
    private readonly EnvironmentVariable seed = new(Convert.ToBase64String(Encoding.ASCII.GetBytes(Vectors.Seed("O1"))));
    private readonly NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed("O1"));

    [Theory]
    [InlineData("raw", 0)]
    [InlineData("base64", 12)]
    [InlineData("base64url", 300_000)]
    public void A_program_gets_bytes_and_gives_their_signature(string form, int length)
    {
        byte[] data = [.. Enumerable.Range(0, length).Select(index => (byte)index)];
        Assert.True(key.Verify(data, Program(form).Sign(data, CancellationToken.None)));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("much")]
    [InlineData("nothing")]
    public void What_is_no_signature_is_refused(string form) =>
        Assert.EndsWith($" {ISigner.SignatureLength} bytes.", Refuse(form), StringComparison.Ordinal);

    [Fact]
    public void A_program_that_fails_says_why() =>
        Assert.EndsWith(" 3: the service is closed.", Refuse("fails"), StringComparison.Ordinal);

    [Theory]
    [InlineData(99, ".")]
    [InlineData(100, "…")]
    public void A_program_that_says_much_is_quoted_in_part(int words, string end)
    {
        // The program says "no" for each variable that is not there, and "yes" for the last one: with 99 before it, that are 300 letters.
        string names = string.Join(',', [.. Enumerable.Repeat("NATSKEYS_TEST_NONE", words), seed.Name]);
        string message = Refused.With(
            ErrorCode.ExternalSigner, () => new SigningProgram(Signer, ["knows", names], folder.Root, Minute).Sign([1], CancellationToken.None))
                .Message;
        string said = string.Join(' ', [.. Enumerable.Repeat("no", words), "yes"]);
        Assert.EndsWith($" 3: {said[..300]}{end}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_that_a_program_tells_is_not_repeated() =>
        Assert.EndsWith(" 3: no, (not shown) is secret.", Refuse("tells"), StringComparison.Ordinal);

    [Fact]
    public void A_program_gets_no_passphrase_and_no_seed()
    {
        using var plain = new EnvironmentVariable(Vectors.Seed("O1"));
        using var credentials = new EnvironmentVariable($"-----BEGIN USER NKEY SEED-----\n{Vectors.Seed("U1")}\n");
        using var other = new EnvironmentVariable("eu-central-1");
        string? before = Environment.GetEnvironmentVariable(RootPassphrase.Variable);
        Environment.SetEnvironmentVariable(RootPassphrase.Variable, "pass");
        try
        {
            string names = string.Join(',', RootPassphrase.Variable, plain.Name, credentials.Name, other.Name, seed.Name);
            var program = new SigningProgram(Signer, ["knows", names], folder.Root, Minute);
            Assert.EndsWith(": no no no yes yes.", Refused.With(ErrorCode.ExternalSigner, () => program.Sign([1], CancellationToken.None)).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(RootPassphrase.Variable, before);
        }
    }

    [Fact]
    public void Whoever_a_program_leaves_behind_does_not_keep_the_signature_back()
    {
        string behind = folder.At("behind");
        byte[] signature = Program("leaves", behind).Sign([1], CancellationToken.None);
        Assert.True(File.Exists(behind));
        File.Delete(behind);
        Assert.True(key.Verify([1], signature));
    }

    [Fact]
    public void A_program_that_takes_too_long_is_ended()
    {
        var program = new SigningProgram(Signer, ["hangs", seed.Name], folder.Root, TimeSpan.FromSeconds(1.5));
        string message = Refused.With(ErrorCode.ExternalSigner, () => program.Sign(new byte[1_000_000], CancellationToken.None)).Message;
        Assert.Contains(" 1.5 ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_cannot_be_started_is_named()
    {
        string path = folder.At("none");
        Assert.Contains(path,
            Refused.With(ErrorCode.ExternalSigner, () => new SigningProgram(path, [], folder.Root, Minute).Sign([1], CancellationToken.None)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended()
    {
        string started = folder.At("started");
        using var stop = new CancellationTokenSource();
        Task<byte[]> signing = Task.Run(() => Program("hangs", started).Sign([1], stop.Token));
        while (!File.Exists(started))
        {
            Assert.False(signing.IsCompleted);
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signing);
    }

    [Fact]
    public async Task Whoever_a_program_that_is_ended_has_started_is_ended_with_it()
    {
        string child = folder.At("started.child");
        using var stop = new CancellationTokenSource();
        Task<byte[]> signing = Task.Run(() => Program("nests", folder.At("started")).Sign([1], stop.Token));
        while (!File.Exists(child + ".held"))
        {
            Assert.False(signing.IsCompleted);
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signing);

        // The system takes a moment to end it. Where nobody does, it lives as long as the folder.
        for (int attempt = 0; IsHeld(child); attempt++)
        {
            Assert.True(attempt < 6000, "What the program started is still there.");
            await Task.Delay(10);
        }
    }

    public void Dispose()
    {
        key.Dispose();
        seed.Dispose();
        folder.Dispose();
    }

    private static bool IsHeld(string file)
    {
        try
        {
            using var opened = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private SigningProgram Program(string form, params string[] more) =>
        new(Signer, [form, seed.Name, .. more], folder.Root, Minute);

    private string Refuse(string form) => Refused.With(ErrorCode.ExternalSigner, () => Program(form).Sign([1], CancellationToken.None)).Message;
}
