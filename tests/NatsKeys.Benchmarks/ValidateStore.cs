using System.Text;
using BenchmarkDotNet.Attributes;
using NSec.Cryptography;
using NatsKeys.Editing;
using NatsKeys.Inspection;

namespace NatsKeys.Benchmarks;

/// <summary>
/// Validating a store of a thousand users on disk, on all cores. The peer is <c>nsc validate</c>, which took 85 to 160 ms on the machine of
/// the design; beside it here is what no reader can do without, as many signatures on all cores.
/// </summary>
[MemoryDiagnoser]
public class ValidateStore
{
    private const int UserCount = 1000;
    private byte[] signed = [];
    private byte[] signature = [];
    private PublicKey? issuer;
    private StoreOnDisk? disk;

    [GlobalSetup]
    public void Prepare()
    {
        disk = new StoreOnDisk();
        using var editor = new EntityEditor(disk.Store);
        for (int index = 0; index < UserCount; index++)
        {
            editor.CreateUser(new NewEntity($"user{index}"), disk.Account);
        }

        using Key key = Key.Create(SignatureAlgorithm.Ed25519);
        issuer = key.PublicKey;
        signed = Encoding.ASCII.GetBytes(new string('t', 450));
        signature = SignatureAlgorithm.Ed25519.Sign(key, signed);
    }

    [Benchmark(Description = "NatsKeys: validate 1,000 users")]
    public int Validate() => StoreValidator.Check(disk!.Store).Count();

    [Benchmark(Description = "NSec: verify 1,000 signatures", Baseline = true)]
    public int Verify() => ParallelEnumerable.Range(0, UserCount).Count(_ => SignatureAlgorithm.Ed25519.Verify(issuer!, signed, signature));

    [GlobalCleanup]
    public void Clean() => disk?.Delete();
}
