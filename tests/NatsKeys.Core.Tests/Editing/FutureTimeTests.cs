using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Exchange;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

/// <summary>A clock that was once far off states times that would count for years. They are told, and decide nothing alone.</summary>
public class FutureTimeTests
{
    private static readonly DateTimeOffset Far = new(2030, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly EntityPath V = new("O", "A", "V");

    [Theory]
    [EveryStore]
    public void A_revocation_of_everybody_reaches_until_now_and_keeps_out_who_has_a_token_from_the_future(StorePlace place)
    {
        using StoreBox box = With(place, Far);
        box.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Default, account =>
            ((NatsAccount)account).RevokeEverybody(Revocations.UpToForAll(box.Clock.Now, Far))));

        Assert.Equal(box.Clock.Now.ToUnixTimeSeconds(), box.Account.Claims.Revocations[Revocations.All]);
        Assert.Equal(EntityState.Revoked, box.User.State);
        box.With(V);
        Assert.Equal(EntityState.Signed, box.Store.Get(V).State);
        Assert.Equal(EntityState.Signed,
            box.Edit(editor => editor.Change(V, SigningKeyChoice.Default, user => user.Wanted.Tags.Add("x"))).Entity.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(299)]
    public void A_token_that_is_ahead_as_clocks_are_is_revoked_with_everybody_and_who_comes_later_is_not(int ahead)
    {
        DateTimeOffset issuedAt = MovingClock.Start.AddSeconds(ahead);
        using StoreBox box = With(StorePlace.Memory, issuedAt);
        DateTimeOffset upTo = Revocations.UpToForAll(box.Clock.Now, issuedAt);
        Assert.Equal(issuedAt, upTo);
        box.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Default, account => ((NatsAccount)account).RevokeEverybody(upTo)));
        Assert.Equal([Revocations.All], box.Account.Claims.Revocations.Select(entry => entry.Key));
        Assert.Equal(EntityState.Revoked, box.User.State);
        box.With(V);
        Assert.Equal(EntityState.Signed, box.Store.Get(V).State);
    }

    [Fact]
    public void What_is_signed_after_a_token_from_the_future_is_from_now_and_that_is_told_once()
    {
        using StoreBox box = With(StorePlace.Memory, Far);
        box.Edit(editor =>
        {
            editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags.Add("x"));
            return editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags.Add("y"));
        });
        Assert.Equal(box.Clock.Now.AddSeconds(1), box.User.IssuedAt);
        Assert.Contains("2030-06-01", Assert.Single(box.Store.TakeNotices()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_signed_often_in_a_row_is_later_each_time()
    {
        using StoreBox box = With(StorePlace.Memory, MovingClock.Start.AddMinutes(50));
        box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags.Add("x")));
        Assert.Equal(MovingClock.Start.AddMinutes(50).AddSeconds(1), box.User.IssuedAt);
    }

    [Fact]
    public void An_import_tells_of_times_from_the_future()
    {
        using StoreBox source = With(StorePlace.Disk, Far);
        source.Resign(StoreBox.A, claims => ((AccountClaims)claims).Revocations[Revocations.All] = Far.ToUnixTimeSeconds());
        string[] tokens = [source.Operator.Jwt!, source.Account.Jwt!, source.User.Jwt!];
        using var target = new StoreBox(StorePlace.Disk);
        var import = new StoreImporter(target.Store, overwrite: false);
        foreach ((int index, string token) in tokens.Index())
        {
            string file = target.At($"{index}.jwt");
            File.WriteAllText(file, token);
            import.Add(file);
        }

        foreach (ImportItem item in import.Items(null))
        {
            item.Import();
        }

        Assert.Collection(target.Store.TakeNotices(),
            notice => Assert.Contains("(time.revoked-future)", notice.Message, StringComparison.Ordinal),
            notice => Assert.Contains("(time.issued-future)", notice.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_loose_tokens_of_one_user_that_from_the_future_is_not_the_newest()
    {
        using StoreBox source = With(StorePlace.Disk, MovingClock.Start);
        string near = source.User.Jwt!;
        using NatsKeyPair key = source.Store.Keys.Find(source.Account.Subject!)!;
        string far = JwtWriter.Write(source.User.Wanted, key, new MovingClock { Now = Far });
        using var target = new StoreBox(StorePlace.Disk);
        var import = new StoreImporter(target.Store, overwrite: false);
        foreach ((int index, string token) in new[] { source.Operator.Jwt!, source.Account.Jwt!, far, near }.Index())
        {
            string file = target.At($"{index}.jwt");
            File.WriteAllText(file, token);
            import.Add(file);
        }

        int refused = 0;
        foreach (ImportItem item in import.Items(null))
        {
            try
            {
                item.Import();
            }
            catch (NatsKeysException)
            {
                refused++;
            }
        }

        Assert.Equal((1, near), (refused, target.User.Jwt));
    }

    /// <summary>A store with a user whose token says that it was issued at a time.</summary>
    private static StoreBox With(StorePlace place, DateTimeOffset issuedAt)
    {
        StoreBox box = new StoreBox(place).With(StoreBox.U);
        using NatsKeyPair key = box.Store.Keys.Find(box.Account.Subject!)!;
        NatsJwt token = JwtReader.Read(JwtWriter.Write(box.User.Wanted, key, new MovingClock { Now = issuedAt }));
        using (StoreTransaction edit = box.Store.BeginChange())
        {
            edit.Save(StoreBox.U, new EntityDocument(token.Claims, token.Token));
            edit.Commit();
        }

        _ = box.Store.TakeNotices().Count();
        return box;
    }
}
