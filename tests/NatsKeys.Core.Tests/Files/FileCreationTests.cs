using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>Processes delete a folder that they created and did not need. Another one that puts a file into it must not fail.</summary>
public sealed class FileCreationTests
{
    private const int Rounds = 3000;

    [UnixFact]
    public Task A_file_is_created_in_a_folder_that_others_create_and_delete() => WhileOthersDelete((path, _) =>
        FileCreation.OpenIn(path, secret: true, secretFolder: true, FileMode.CreateNew, FileShare.None).Dispose());

    [UnixFact]
    public Task A_file_is_moved_into_a_folder_that_others_create_and_delete() => WhileOthersDelete((path, temporary) =>
    {
        using var staged = new StagedFile(temporary);
        File.WriteAllText(temporary, "text");
        staged.Place(path, overwrite: false, isFolderSecret: true);
    });

    private static async Task WhileOthersDelete(Action<string, string> create)
    {
        using var place = new TemporaryFolder();
        string folder = place.At("shared");
        using var end = new CancellationTokenSource();
        Task others = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                Directory.CreateDirectory(folder);
                TryDelete(folder);
            }
        });
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                string path = Path.Combine(folder, $"{round}");
                create(path, place.At("staged"));
                Assert.True(File.Exists(path));
                File.Delete(path);
            }
        }
        finally
        {
            await end.CancelAsync();
            await others;
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // It contains a file.
        }
    }
}
