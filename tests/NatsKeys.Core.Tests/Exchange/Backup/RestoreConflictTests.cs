using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>What is in the way of a restored entity, and what is done about it.</summary>
public sealed class RestoreConflictTests : IDisposable
{
    private readonly BackupBox box = new();

    public RestoreConflictTests()
    {
        box.Export();
        box.Restore();
    }

    [Fact]
    public void An_entity_that_was_changed_since_is_an_error_that_names_it_and_the_rest_goes_on()
    {
        string file = box.At("target", "O", "operator.yaml");
        File.AppendAllText(file, "# another\n");
        File.Delete(box.At("target", "O", "accounts", "A", "users", "U.yaml"));

        NatsKeysException fault = Assert.Single(box.Restore().Faults);
        Assert.Equal(ErrorCode.EntityExists, fault.Code);
        Assert.Contains("operator O", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("# another\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.NotNull(box.Target.Find(StoreBox.U));

        Assert.Empty(box.Restore(overwrite: true).Faults);
        Assert.Equal(box.Files("store"), box.Files("target"));
    }

    [Fact]
    public void Nothing_goes_below_somebody_else_of_the_same_name()
    {
        Directory.Delete(box.At("target", "O"), recursive: true);
        Create(box.Target, new NewEntity("O"));

        NatsKeysException fault = Assert.Single(box.Restore().Faults);
        Assert.Equal(ErrorCode.EntityExists, fault.Code);
        Assert.Contains("operator O", fault.Message, StringComparison.Ordinal);
        Assert.Null(box.Target.Find(StoreBox.A));

        Assert.Empty(box.Restore(overwrite: true).Faults);
        Assert.Equal(box.Files("store"), box.Files("target"));
    }

    [Fact]
    public void Nor_below_what_cannot_be_read()
    {
        File.WriteAllText(box.At("target", "O", "accounts", "A", "account.yaml"), "broken: [");
        File.Delete(box.At("target", "O", "accounts", "A", "users", "U.yaml"));

        Assert.Contains("account O/A", Assert.Single(box.Restore().Faults).Message, StringComparison.Ordinal);
        Assert.Null(box.Target.Find(StoreBox.U));
        Assert.Empty(box.Restore(overwrite: true).Faults);
        Assert.Equal(box.Files("store"), box.Files("target"));
    }

    [Fact]
    public void A_name_that_differs_in_case_alone_is_never_overwritten()
    {
        Directory.Delete(box.At("target", "O"), recursive: true);
        Create(box.Target, new NewEntity("o"));

        // Where the file system tells no cases apart, it is the same operator's file.
        if (!File.Exists(box.At("target", "O", "operator.yaml")))
        {
            NatsKeysException fault = Assert.Single(box.Restore(overwrite: true).Faults);
            Assert.Equal(ErrorCode.EntityExists, fault.Code);
            Assert.Contains("operator o", fault.Message, StringComparison.Ordinal);
            Assert.Equal(["o"], box.Target.Names());
        }
    }

    [Fact]
    public void Other_credentials_stay_unless_they_may_be_replaced()
    {
        string place = CredentialFile.PlaceOf(box.Target, StoreBox.U)!;
        File.WriteAllText(place, "mine");
        Assert.Equal([ErrorCode.FileExists], box.Restore().Faults.Select(fault => fault.Code));
        Assert.Equal("mine", File.ReadAllText(place));
        Assert.Empty(box.Restore(overwrite: true).Faults);
        Assert.Equal(box.Files("keys"), box.Files("targetkeys"));
    }

    [Fact]
    public void A_key_is_never_replaced()
    {
        string[] files = Directory.GetFiles(box.At("targetkeys", "keys"), "U*.nk", SearchOption.AllDirectories);
        File.Copy(files[0], files[1], overwrite: true);
        Assert.Equal([ErrorCode.KeyConflict], box.Restore(overwrite: true).Faults.Select(fault => fault.Code));
        Assert.Equal(File.ReadAllText(files[0]), File.ReadAllText(files[1]));
    }

    [Fact]
    public void A_store_in_memory_takes_no_edit_that_is_not_signed_and_nothing_below_it()
    {
        string file = box.At("store", "O", "accounts", "A", "account.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("kind: account\n", "kind: account\ntags: [new]\n", StringComparison.Ordinal));
        box.Export(overwrite: true);
        NatsStore memory = NatsStore.InMemory();

        (NatsEntity[] entities, NatsKeysException[] faults) = box.Restore(memory);
        NatsKeysException fault = Assert.Single(faults);
        Assert.Equal(ErrorCode.EntityNotSigned, fault.Code);
        Assert.Contains("account O/A", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["O"], entities.Select(entity => entity.Name));
        Assert.Equal(ErrorCode.EntityExists, Assert.Single(box.Restore().Faults).Code);
    }

    [Fact]
    public void An_entity_without_the_one_above_it_is_an_error()
    {
        using var other = new BackupBox(isEmpty: true);
        other.Forge(("store/O/accounts/A/account.yaml", "kind: account\n"));
        NatsKeysException fault = Assert.Single(other.Restore().Faults);
        Assert.Equal(ErrorCode.EntityNotFound, fault.Code);
        Assert.Contains("operator O", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_names_no_keys_comes_into_being_with_what_is_restored()
    {
        using var other = new TemporaryFolder();
        NatsStore store = StoreRoots.Create(other.At("s"), other.At("k"));
        File.Delete(other.At("s", "natskeys.yaml"));
        Assert.Empty(box.Restore(store).Faults);
        Assert.Equal("format: 1\n", File.ReadAllText(other.At("s", "natskeys.yaml")));
    }

    public void Dispose() => box.Dispose();

    private static void Create(NatsStore store, NewEntity request)
    {
        using var editor = new EntityEditor(store);
        editor.CreateOperator(request);
    }
}
