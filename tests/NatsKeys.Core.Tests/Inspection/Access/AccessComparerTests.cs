using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Inspection;

public class AccessComparerTests
{
    [Fact]
    public void Another_key_of_the_name_of_a_role_hides_nothing()
    {
        using StoreBox before = WithRoles();
        using StoreBox after = WithRoles();
        after.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Named(after.Account.Claims.SigningKeys[0].Key), _ => { }));
        before.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Named(before.Account.Claims.SigningKeys[0].Key), _ => { }));
        Assert.Empty(OfUser(before, after));

        after.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Named(after.Account.Claims.SigningKeys[1].Key), _ => { }));
        Assert.Equal(
            [(AccessChangeKind.Granted, "publish", "a.> except a.b")],
            OfUser(before, after).Where(change => change.Subjects.Count > 0)
                .Select(change => (change.Change, change.Aspect, string.Join(' ', change.Subjects))));
    }

    [Fact]
    public void The_last_entry_of_a_key_is_its_role_as_on_servers()
    {
        using StoreBox before = WithRoles();
        using StoreBox after = WithRoles();
        after.Resign(StoreBox.A, claims =>
        {
            ClaimList<AccountSigningKey> keys = ((AccountClaims)claims).SigningKeys;
            var copy = (AccountSigningKey)keys[0].Copy();
            copy.Template.Pub.Allow = ["z"];
            keys.Add(copy);
        });
        AccessChange[] found = [.. Compare(before, after).Where(change => change.Role == "r" && change.Aspect == "publish")];
        Assert.Equal(
            [(AccessChangeKind.Granted, "z"), (AccessChangeKind.Taken, "a.b")],
            found.Select(change => (change.Change, string.Join(' ', change.Subjects))));
    }

    [Theory]
    [EveryStore]
    public void A_store_is_the_same_as_itself_and_an_edit_of_one_file_is_found(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(StoreBox.A.Child("V"));
        Assert.Empty(new AccessComparer(box.Store, box.Store, fault => throw fault).Compare());
        using StoreBox other = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        Assert.NotEmpty(Compare(box, other));
    }

    /// <summary>An account with two keys of one role name, which allow different things.</summary>
    private static StoreBox WithRoles()
    {
        StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        NatsKeyPair[] pairs = [.. Enumerable.Range(0, 2).Select(_ => NatsKeyPair.Generate(NatsKeyType.Account))
            .OrderBy(pair => pair.PublicKey, StringComparer.Ordinal)];
        foreach ((NatsKeyPair pair, string allowed) in pairs.Zip(["a.b", "a.>"]))
        {
            box.Store.Keys.Add(pair);
            var role = new AccountSigningKey { Key = pair.PublicKey, IsScoped = true, Role = "r" };
            role.Template.Pub.Allow.Add(allowed);
            box.Resign(StoreBox.A, claims => ((AccountClaims)claims).SigningKeys.Add(role));
            pair.Dispose();
        }

        return box;
    }

    private static AccessChange[] OfUser(StoreBox before, StoreBox after) => [.. Compare(before, after).Where(change => change.User == "U"
        && change.Subjects.Count > 0)];

    private static IEnumerable<AccessChange> Compare(StoreBox before, StoreBox after) =>
        new AccessComparer(before.Store, after.Store, fault => throw fault).Compare();
}
