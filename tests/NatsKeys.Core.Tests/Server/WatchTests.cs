using NatsKeys.Editing;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Server;

/// <summary>The watch of connections: how long it stays connected, and what it may not see.</summary>
public sealed class WatchTests : FakeServersTest
{
    private const string Refusals = "$SYS.SERVER.*.CLIENT.AUTH.ERR";

    public WatchTests() => servers.ServeSurvey(system.Subject!, ("S0", []));

    [Fact]
    public async Task A_user_that_expires_in_a_year_is_watched_with()
    {
        NatsUser user = editor.CreateUser(new NewEntity("far") { Expires = clock.Now.AddYears(1) }, system.Path);
        await using SystemAccountClient client = await SystemAccountClient.ConnectAsync(
            new ServerOptions([servers.Url]) { Timeout = Patience, Clock = clock },
            SystemSignIn.With(() => new NatsCredential(user.Document.ReadToken(), store.Keys.Find(user.Subject!)!)),
            default);
        using var end = new CancellationTokenSource();
        await using IAsyncEnumerator<ConnectionEvent> events = client.WatchAsync(null, new ConnectedUsers(owner), end.Token).GetAsyncEnumerator();
        Task<bool> next = events.MoveNextAsync().AsTask();
        await UntilAsync(() => servers.Subscriptions.Contains(Refusals), next);
        await end.CancelAsync();
        Assert.False(await next.WaitAsync(Patience));
    }

    [Fact]
    public async Task The_connection_is_renewed_by_the_clock_of_the_store()
    {
        var waits = new WaitingClock();
        await using SystemAccountClient client = await ConnectAsync(ServerTask.Watch, clock: waits);
        using var end = new CancellationTokenSource();
        await using IAsyncEnumerator<ConnectionEvent> events = client.WatchAsync(null, new ConnectedUsers(owner), end.Token).GetAsyncEnumerator();
        Task<bool> next = events.MoveNextAsync().AsTask();
        await UntilAsync(() => servers.Subscriptions.Contains(Refusals), next);
        await waits.EndAllAsync(UntilAsync(() => servers.Subscriptions.Count(subject => subject == Refusals) > 1, next));
        await end.CancelAsync();
        Assert.False(await next.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("$SYS.ACCOUNT.*.CONNECT")]
    [InlineData("$SYS.ACCOUNT.*.DISCONNECT")]
    [InlineData(Refusals)]
    public async Task Events_that_the_user_may_not_get_are_an_error(string subject)
    {
        servers.Forbidden.Add(subject);
        await using SystemAccountClient client = await ConnectAsync(ServerTask.Watch);
        await using IAsyncEnumerator<ConnectionEvent> events = client.WatchAsync(null, new ConnectedUsers(owner), default).GetAsyncEnumerator();
        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(() => events.MoveNextAsync().AsTask().WaitAsync(Patience));
        Assert.Equal(ErrorCode.ServerRefused, error.Code);
        Assert.Contains(subject, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Waits for the servers to have seen something; ends with what ended the watch before.</summary>
    private static async Task UntilAsync(Func<bool> seen, Task<bool> watch)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!seen())
        {
            patience.Token.ThrowIfCancellationRequested();
            await await Task.WhenAny(watch, Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token));
        }
    }
}
