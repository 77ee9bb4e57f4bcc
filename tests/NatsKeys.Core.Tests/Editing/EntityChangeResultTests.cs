using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

public class EntityChangeResultTests
{
    [Theory]
    [EveryStore]
    public void A_change_is_applied_to_the_newest_state_and_signed(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        Change(box, StoreBox.A, entity => ((NatsAccount)entity).Claims.Limits.Conn = 5);
        EntityChangeResult change = Change(box, StoreBox.A, entity => ((NatsAccount)entity).Claims.Description = "d");

        Assert.True(change.IsChanged);
        Assert.Equal((5, "d", EntityState.Signed), (box.Account.Limits.Conn, box.Account.Claims.Description, box.Account.State));
    }

    [Theory]
    [EveryStore]
    public void What_changes_nothing_writes_nothing_and_needs_no_key(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        box.Store.Keys.Remove(box.Operator.Subject!);
        IReadOnlyList<string> before = box.Snapshot();

        EntityChangeResult change = Change(box, StoreBox.A, entity => ((NatsAccount)entity).Claims.Limits.Conn = -1);

        Assert.False(change.IsChanged);
        Assert.Equal(before, box.Snapshot());
        Refused.With(ErrorCode.SigningKeyNotFound, () => Change(box, StoreBox.A, entity => ((NatsAccount)entity).Claims.Limits.Conn = 1));
    }

    [Theory]
    [EveryStore]
    public void A_change_that_fails_half_way_leaves_nothing(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        IReadOnlyList<string> before = box.Snapshot();
        Assert.Throws<InvalidOperationException>(() => Change(box, StoreBox.A, entity =>
        {
            ((NatsAccount)entity).Claims.Limits.Conn = 5;
            throw new InvalidOperationException();
        }));
        Assert.Equal(before, box.Snapshot());
    }

    [Theory]
    [EveryStore]
    public void Times_that_stand_may_have_gone_by_and_new_ones_may_not(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        DateTimeOffset now = box.Clock.GetUtcNow();
        Change(box, StoreBox.A, entity => entity.SetTimes(new OptionalTime(now.AddHours(1)), notBefore: null));
        box.Clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(EntityState.Expired, box.Account.State);

        Change(box, StoreBox.A, entity => entity.ChangeTags(["x"], []));
        Assert.Equal(EntityState.Expired, box.Account.State);
        Refused.With(ErrorCode.InvalidTime, () =>
            Change(box, StoreBox.A, entity => entity.SetTimes(new OptionalTime(now.AddMinutes(90)), notBefore: null)));
        Refused.With(ErrorCode.InvalidTime, () =>
            Change(box, StoreBox.A, entity => entity.SetTimes(expires: null, new OptionalTime(now.AddDays(9)))));
        Change(box, StoreBox.A, entity => entity.SetTimes(new OptionalTime(null), notBefore: null));
        Assert.Equal(EntityState.Signed, box.Account.State);
    }

    [Theory]
    [EveryStore]
    public void Everything_below_moves_with_a_name(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(new EntityPath("O", "B", "V"));
        box.Edit(editor => editor.Rename(StoreBox.A, "C", SigningKeyChoice.Default));
        box.Edit(editor => editor.Rename(StoreBox.O, "P", SigningKeyChoice.Default));

        Assert.Equal(["P"], box.Store.Names());
        Assert.Equal(["B", "C"], box.Store.Names(new EntityPath("P")));
        Assert.Equal(EntityState.Signed, box.Store.Get(new EntityPath("P", "C", "U")).State);
        Assert.Equal(EntityState.Signed, box.Store.Get(new EntityPath("P", "B", "V")).State);
        Assert.Null(box.Store.Find(StoreBox.U));
    }

    [Theory]
    [EveryStore]
    public void A_removed_user_is_revoked_as_far_as_it_was_ever_issued(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        Change(box, StoreBox.U, entity => entity.ChangeTags(["x"], []));
        Change(box, StoreBox.U, entity => entity.ChangeTags(["y"], []));
        NatsUser user = box.User;
        Assert.True(user.IssuedAt > box.Clock.GetUtcNow());

        EntityRemovalResult removal = box.Edit(editor => editor.Remove(StoreBox.U, new EntityRemovalRequest { IncludeKeys = true }));

        Assert.Equal(user.IssuedAt!.Value.ToUnixTimeSeconds(), box.Account.Claims.Revocations[user.Subject!]);
        Assert.Equal([user.Subject!], removal.RemovedKeys);
        Assert.False(box.Store.Keys.Contains(user.Subject!));
        Assert.Empty(box.Store.Names(StoreBox.A));
    }

    [Theory]
    [EveryStore]
    public void What_has_something_below_goes_with_it_or_not_at_all(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        Refused.With(ErrorCode.EntityInUse, () => box.Edit(editor => editor.Remove(StoreBox.O, new EntityRemovalRequest())));
        EntityRemovalResult removal = box.Edit(editor => editor.Remove(StoreBox.O, new EntityRemovalRequest { Recurse = true }));
        Assert.Equal([StoreBox.U, StoreBox.A], removal.Below);
        Assert.Empty(box.Store.Names());
        Assert.Equal(3, box.Store.Keys.PublicKeys().Count());
        box.With(StoreBox.U);
    }

    [Theory]
    [EveryStore]
    public void A_key_that_an_account_lists_twice_has_the_scope_of_the_last_entry(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string role = box.AddRole("r");
        Assert.NotNull(box.Account.ScopeOf(role));
        var claims = new AccountClaims { SigningKeys =
            [new AccountSigningKey { Key = role, IsScoped = true, Role = "r" }, new AccountSigningKey { Key = role }] };
        Assert.Null(claims.ScopeOf(role));
    }

    private static EntityChangeResult Change(StoreBox box, EntityPath path, Action<NatsEntity> change) =>
        box.Edit(editor => editor.Change(path, SigningKeyChoice.Default, change));
}
