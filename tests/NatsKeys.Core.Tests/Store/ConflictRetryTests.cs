using NatsKeys.Bucket;
using NatsKeys.Editing;
using NatsKeys.Exchange;
using NatsKeys.Server;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Changes of a bucket for which somebody else was faster start again from what is there then.</summary>
public class ConflictRetryTests
{
    [BucketFact]
    public void An_operator_that_somebody_else_added_meanwhile_is_named()
    {
        using var wire = new LossyWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        using StoreBox servers = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        wire.Meanwhile(() => Other(box, editor => editor.CreateOperator(new NewEntity("O"))));
        Refused.With(
            ErrorCode.EntityExists, () => OperatorDiscovery.Take(box.Store, servers.Operator.Document.ReadToken(), CancellationToken.None));
    }

    [BucketFact]
    public void A_copy_that_somebody_else_changed_meanwhile_is_cleared_all_the_same()
    {
        using var wire = new LossyWire(BucketServer.Url);
        using StoreBox box = Box(wire);
        using StoreBox source = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        box.With(StoreBox.U);
        wire.Meanwhile(() => Other(
            box, editor => editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags = ["new"]).Entity));
        new StoreCopy(source.Store, box.Store).RemoveRest(CancellationToken.None);
        Assert.Equal(["O"], box.Store.Names());
        Assert.Empty(box.Store.Names(StoreBox.O));
    }

    private static void Other(StoreBox box, Func<EntityEditor, NatsEntity> change)
    {
        using var editor = new EntityEditor(BucketServer.Open(box.Store, box.At("keys"), "other"));
        change(editor);
    }

    private static StoreBox Box(LossyWire wire) =>
        new(keys => BucketServer.Create(new BucketAddress([wire.Url], BucketServer.NewAddress().Bucket), keys));
}
