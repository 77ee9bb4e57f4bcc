using NatsKeys.Claims;
using NatsKeys.Core.Tests.Files;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

/// <summary>
/// Imports that servers drop are reported when an account is signed. A command that signs many accounts reads each of the others once.
/// </summary>
public class ImportNoticeTests
{
    private static readonly EntityPath Bystander = new("O", "X");

    [Fact]
    public void A_rotation_reads_each_account_equally_often_whatever_the_number_of_importers() => Assert.Equal(MostReads(2), MostReads(6));

    [Fact]
    public void A_command_that_changes_several_accounts_reads_another_one_once()
    {
        using var box = new StoreBox(StorePlace.Disk).With(StoreBox.A).With(Bystander);
        Share(box);
        EntityPath[] importers = Importers(box, 3);
        string file = FileOf(box, Bystander);

        // A file that was just written might change again without a change of its time.
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        var disk = new CountingDisk();
        using (Disk.Replace(disk))
        {
            box.Edit(editor => importers.Select(importer => Import(box, editor, importer)).ToArray());
        }

        Assert.Equal(1, disk.CountOf(file));
    }

    [Theory]
    [EveryStore]
    public void A_change_of_the_exporter_in_between_counts(StorePlace place)
    {
        using var box = new StoreBox(place).With(StoreBox.A);
        Share(box);
        EntityPath[] importers = Importers(box, 2);
        _ = box.Store.TakeNotices().ToArray();
        using var editor = new EntityEditor(box.Store);

        Import(box, editor, importers[0]);
        Assert.Empty(box.Store.TakeNotices());
        box.Edit(other => other.Change(box.Account, SigningKeyChoice.Default, account => account.Claims.Exports.Clear()));
        Import(box, editor, importers[1]);
        Assert.Contains($"({ValidationRules.ImportNotExported.Name})", Assert.Single(box.Store.TakeNotices()).Message, StringComparison.Ordinal);
    }

    /// <summary>How often the file of an account is opened while a key is replaced with which others import.</summary>
    private static int MostReads(int count)
    {
        using var box = new RotationBox(StorePlace.Disk);
        box.Box.With(Bystander);
        EntityPath[] importers = Importers(box.Box, count);
        foreach (EntityPath importer in importers)
        {
            box.AddImport(importer);
        }

        var disk = new CountingDisk();
        using (Disk.Replace(disk))
        {
            Assert.Equal(count + 1, box.Rotate(box.Plain).Importers.Count);
        }

        return ((EntityPath[])[RotationBox.B, Bystander, .. importers]).Max(account => disk.CountOf(FileOf(box.Box, account)));
    }

    private static EntityPath[] Importers(StoreBox box, int count)
    {
        EntityPath[] importers = [.. Enumerable.Range(0, count).Select(number => StoreBox.O.Child($"I{number}"))];
        Array.ForEach(importers, importer => box.With(importer));
        return importers;
    }

    private static void Share(StoreBox box) => box.Edit(editor => editor.Change(
        box.Account, SigningKeyChoice.Default, account => account.Claims.Exports.Add(new AccountExport { Subject = "svc", Type = "service" })));

    private static EntityChangeResult Import(StoreBox box, EntityEditor editor, EntityPath importer) =>
        editor.Change(importer, SigningKeyChoice.Default, found => ((NatsAccount)found).AddImport(
            new AccountImport { Name = "svc", Subject = "svc", Type = "service", Account = box.Account.Subject }));

    private static string FileOf(StoreBox box, EntityPath path) => new StoreLayout(box.At("store")).FileOf(path);
}
