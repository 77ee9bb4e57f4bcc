using System.Text;
using BenchmarkDotNet.Attributes;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Benchmarks;

/// <summary>
/// Issuing users on disk, a thousand at a time: entity file, seed file, and credentials; at the end the disk has them all. The peer is
/// <c>nsc add user</c>, which took 8 to 13 ms for each on the machine of the design; beside it here are the bare files, without any content
/// to think of and without waiting for the disk.
/// </summary>
[MemoryDiagnoser]
public class IssueUserOnDisk
{
    private const int UserCount = 1000;
    private readonly byte[] entity = Encoding.ASCII.GetBytes(new string('e', 890));
    private readonly byte[] seed = Encoding.ASCII.GetBytes(new string('s', 58));
    private readonly byte[] credential = Encoding.ASCII.GetBytes(new string('c', 1070));
    private StoreOnDisk? disk;
    private int made;

    [GlobalSetup]
    public void Prepare() => disk = new StoreOnDisk();

    [Benchmark(Description = "NatsKeys: entity and seed", OperationsPerInvoke = UserCount)]
    public void WithoutCredentials()
    {
        using var editor = new EntityEditor(disk!.Store);
        for (int index = 0; index < UserCount; index++)
        {
            editor.CreateUser(new NewEntity($"user{made++}"), disk.Account);
        }
    }

    [Benchmark(Description = "NatsKeys: entity, seed and credentials", OperationsPerInvoke = UserCount)]
    public void WithCredentials()
    {
        using var editor = new EntityEditor(disk!.Store);
        for (int index = 0; index < UserCount; index++)
        {
            NatsUser user = editor.CreateUser(new NewEntity($"user{made++}"), disk.Account);
            using NatsCredential credential = editor.Keys.CredentialOf(user);
            CredentialFile.Write(user, credential, CredentialFile.DefaultPath(user)!, overwrite: true);
        }
    }

    [Benchmark(Description = "Three files: written beside, then moved", OperationsPerInvoke = UserCount, Baseline = true)]
    public void Files()
    {
        string folder = Directory.CreateDirectory(Path.Combine(disk!.Folder, "files")).FullName;
        for (int index = 0; index < UserCount; index++)
        {
            foreach (byte[] content in (byte[][])[entity, seed, credential])
            {
                string path = Path.Combine(folder, $"file{made++}");
                File.WriteAllBytes(path + ".tmp", content);
                File.Move(path + ".tmp", path);
            }
        }
    }

    [GlobalCleanup]
    public void Clean() => disk?.Delete();
}
