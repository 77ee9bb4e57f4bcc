using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Server;

namespace NatsKeys.Core.Tests.Server;

/// <summary>What servers tell that is not so: they answer for others, have what nobody signed, and say more than anybody reads.</summary>
public sealed class LyingServersTests : FakeServersTest
{
    [Fact]
    public async Task What_no_key_of_the_operator_signed_is_no_newer_state_of_an_account()
    {
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Operator);
        servers.ServeSurvey(system.Subject!, ("S0", [account.Subject!]));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => [FakeServers.Done("S0")]);
        clock.Now += TimeSpan.FromHours(1);
        string foreign = JwtWriter.Write(account.Wanted, stranger, clock);
        using NatsKeyPair real = editor.Keys.FindSeed(owner.Subject!)!;
        var elsewhere = (AccountClaims)account.Wanted.Copy();
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Account);
        elsewhere.Subject = other.PublicKey;
        string ofAnother = JwtWriter.Write(elsewhere, real, clock);
        string newer = JwtWriter.Write(account.Wanted, real, clock);
        foreach ((string held, ErrorCode? expected) in new (string, ErrorCode?)[] { (foreign, null), (ofAnother, null), ("garbage", null),
            (newer, ErrorCode.ServerNewer) })
        {
            servers.Serve(Lookup, _ => [held]);
            await using SystemAccountClient client = await ConnectAsync();
            Assert.Equal(expected,
                (await AccountPublisher.PublishAsync(
                    client, [new PublicationChecker().Check(account)], force: false, onlyChanged: false, default))[0].Problem?.Code);
        }

        servers.Serve(Lookup, _ => [foreign]);
        await using SystemAccountClient comparing = await ConnectAsync();
        AccountComparison comparison = await AccountComparer.CompareAsync(comparing, owner, [account]).FirstAsync();
        Assert.Equal(ServerAccountState.Foreign, comparison.State);
        Assert.Empty(comparison.Differences);
    }

    [Fact]
    public async Task What_one_server_has_that_nobody_signed_or_from_the_future_does_not_hold_up_what_others_have()
    {
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair real = editor.Keys.FindSeed(owner.Subject!)!;
        string[] all = [account.Subject!];
        servers.ServeSurvey(system.Subject!, ("S0", all), ("S1", all), ("S2", all));
        clock.Now += TimeSpan.FromHours(1);
        string newer = JwtWriter.Write(account.Wanted, real, clock);
        string far = JwtWriter.Write(account.Wanted, real, new MovingClock { Now = clock.Now.AddYears(4) });
        servers.Serve(Lookup, _ => [JwtWriter.Write(account.Wanted, stranger, clock), newer, far]);
        servers.Serve("$SYS.REQ.SERVER.PING.ACCOUNTZ", _ => new[] { "S0", "S1", "S2" }.Select(name => FakeServers.Answer(name, "error", "{}")));
        await using SystemAccountClient client = await ConnectAsync();

        AccountReceipt receipt = await new AccountReceiver(client, owner).FindAsync(all).FirstAsync();

        Assert.Null(receipt.Problem);
        Assert.Equal(newer, receipt.Token!.Token);
        Assert.Contains(stranger.PublicKey, receipt.Foreign, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_accounts_that_are_none_are_not_asked_for()
    {
        servers.ServeSurvey(system.Subject!, ("S0", [account.Subject!, "x", "A\r\nPUB x 0", "*"]));
        await using SystemAccountClient client = await ConnectAsync();
        Assert.Equal([account.Subject!], client.Accounts);
    }

    [Fact]
    public async Task Who_answers_for_servers_that_are_not_there_or_twice_is_heard_once()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []), ("S1", []));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ =>
            Enumerable.Range(0, 3000).Select(number => FakeServers.Done($"I{number}")).Append(FakeServers.Done("S0")).Append(FakeServers.Done("S0")));
        await using SystemAccountClient client = await ConnectAsync(timeout: Short);

        ServerAnswers answers = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default);

        Assert.Equal("S0", Assert.Single(answers.Answers).Server.Name);
        Assert.Equal(ErrorCode.ServersMissing, answers.Problem!.Code);
        Assert.Contains("S1", answers.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_answers_than_there_are_servers_end_the_waiting()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => Enumerable.Range(0, 5000).Select(number => FakeServers.Done($"I{number}")));
        await using SystemAccountClient client = await ConnectAsync(timeout: Timeout.InfiniteTimeSpan);
        ServerAnswers answers = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default).WaitAsync(Patience);
        Assert.Empty(answers.Answers);
        Assert.Equal(ErrorCode.NoAnswer, answers.Problem!.Code);
    }

    [Fact]
    public async Task Words_and_names_of_servers_are_no_longer_than_people_read()
    {
        string name = new('n', 5000);
        servers.ServeSurvey(system.Subject!, (name, []));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => [FakeServers.Answer(name, "error", $$"""{"description":"{{new string('x', 90_000)}}"}""")]);
        await using SystemAccountClient client = await ConnectAsync();
        ServerAnswers answers = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default);
        Assert.InRange(answers.Problem!.Message.Length, 500, 1000);
        Assert.Equal(ServerOutcome.Refused, Assert.Single(answers.Answers).Outcome);
    }

    [Fact]
    public async Task A_server_that_asks_nobody_for_credentials_is_none_of_the_operator()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        servers.IsOpen = true;
        Assert.Equal(ErrorCode.NoSystemAccount, (await Assert.ThrowsAsync<NatsKeysException>(() => ConnectAsync())).Code);
        Assert.Empty(servers.Requests);
    }
}
