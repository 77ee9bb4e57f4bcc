using BenchmarkDotNet.Attributes;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Benchmarks;

/// <summary>
/// One user by name in a store on disk, whose size must not matter. nsc has no figure for it; beside it is the bare reading of the file.
/// </summary>
[MemoryDiagnoser]
public class FindUser
{
    private StoreOnDisk? disk;
    private EntityPath wanted = new("");
    private string file = "";

    /// <summary>How many users the store has.</summary>
    [Params(1_000, 100_000)]
    public int Users { get; set; }

    /// <summary>Makes one user; of the others, which nobody reads, there is a file with their name.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        disk = new StoreOnDisk();
        using var editor = new EntityEditor(disk.Store);
        wanted = editor.CreateUser(new NewEntity("wanted"), disk.Account).Path;
        file = Path.Combine(disk.Users, "wanted.yaml");
        byte[] content = File.ReadAllBytes(file);
        for (int index = 1; index < Users; index++)
        {
            File.WriteAllBytes(Path.Combine(disk.Users, $"user{index}.yaml"), content);
        }
    }

    [Benchmark(Description = "NatsKeys: user by name")]
    public NatsEntity Find() => disk!.Store.Get(wanted);

    [Benchmark(Description = "NatsKeys: that there is no such user")]
    public NatsEntity? Miss() => disk!.Store.Find(disk.Account.Child("nobody"));

    [Benchmark(Description = "The file", Baseline = true)]
    public byte[] Read() => File.ReadAllBytes(file);

    [GlobalCleanup]
    public void Clean() => disk?.Delete();
}
