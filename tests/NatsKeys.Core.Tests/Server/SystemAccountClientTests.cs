using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Server;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Server;

/// <summary>What is made of the answers of servers, of whatever version, and of those that do not come.</summary>
public sealed class SystemAccountClientTests : FakeServersTest
{
    private string Update => $"$SYS.REQ.ACCOUNT.{account.Subject}.CLAIMS.UPDATE";

    private string OldUpdate => $"$SYS.ACCOUNT.{account.Subject}.CLAIMS.UPDATE";

    [Fact]
    public async Task The_user_of_a_task_may_do_that_alone_and_not_for_long()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        await using SystemAccountClient client = await ConnectAsync(ServerTask.Publish);

        var claims = (UserClaims)JwtReader.Read(Vectors.Case(Assert.Single(servers.Connects)).Text("jwt")).Claims;

        Assert.Equal(MovingClock.Start.AddMinutes(2).ToUnixTimeSeconds(), claims.Expires);
        Assert.Equal([$"_INBOX.{claims.Subject}.>"], claims.Permissions.Sub.Allow);
        Assert.Equal(
            [
                "$SYS.REQ.SERVER.PING", "$SYS.REQ.SERVER.PING.ACCOUNTZ", "$SYS.REQ.CLAIMS.LIST", "$SYS.REQ.ACCOUNT.*.CLAIMS.LOOKUP",
                "$SYS.REQ.SERVER.PING.VARZ", "$SYS.REQ.CLAIMS.UPDATE",
                "$SYS.REQ.ACCOUNT.*.CLAIMS.UPDATE", "$SYS.ACCOUNT.*.CLAIMS.UPDATE",
            ],
            claims.Permissions.Pub.Allow);
        Assert.Null(store.Keys.Find(claims.Subject!));
    }

    [Theory]
    [InlineData(nameof(ServerTask.Read), "$SYS.REQ.ACCOUNT.*.CLAIMS.LOOKUP")]
    [InlineData(nameof(ServerTask.Delete), "$SYS.REQ.CLAIMS.DELETE")]
    public void Another_task_has_other_permissions(string task, string last)
    {
        using NatsCredential credential = Issue(owner, Enum.Parse<ServerTask>(task));
        var permissions = ((UserClaims)credential.Token.Claims).Permissions;
        Assert.Equal(last, permissions.Pub.Allow[^1]);
        Assert.DoesNotContain(permissions.Pub.Allow, subject => subject.Contains("UPDATE", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_keys_that_could_sign_the_user_any_does()
    {
        using NatsKeyPair first = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair identity = NatsKeyPair.Generate(NatsKeyType.Account);
        var request = new NewEntity("S") { NewSigningKeys = [first] };
        NatsOperator strict = editor.CreateOperatorWithSystemAccount(request, "SSYS", claims => claims.StrictSigningKeyUsage = true);
        NatsAccount strictSystem = store.FindAccount("S", "SSYS");
        using NatsKeyPair more = NatsKeyPair.Generate(NatsKeyType.Account);
        editor.AddSigningKey(strictSystem.Path, more, SigningKeyChoice.Default);

        using NatsCredential credential = Issue(strict, ServerTask.Read);

        Assert.Contains(credential.Issuer, store.FindAccount("S", "SSYS").GetSigningKeys().Select(key => key.PublicKey));
        Assert.Equal(strictSystem.Subject, credential.IssuerAccount);
    }

    [Fact]
    public void Without_a_system_account_there_is_no_user()
    {
        NatsOperator bare = editor.CreateOperator(new NewEntity("P"));
        Refused.With(ErrorCode.NoSystemAccount, () => SystemUser.KeysOf(editor, bare, ServerTask.Read));
        editor.Change(bare.Path, SigningKeyChoice.Default, entity => ((NatsOperator)entity).Claims.SystemAccount = account.Subject);
        Refused.With(ErrorCode.NoSystemAccount, () => SystemUser.KeysOf(editor, store.FindOperator("P"), ServerTask.Read));
    }

    [Fact]
    public async Task All_servers_that_keep_accounts_are_asked_on_the_general_subject()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []), ("S1", []));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => [FakeServers.Done("S1"), FakeServers.Done("S0")]);
        await using SystemAccountClient client = await ConnectAsync();

        ServerAnswers answers = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default);

        Assert.Null(answers.Problem);
        Assert.Equal(["S0: jwt updated", "S1: jwt updated"], answers.Answers.Select(answer => answer.ToString()));
        Assert.Equal(account.Jwt, servers.Requests.Last().Body);
        Assert.Equal([account.Subject!], client.Accounts);
    }

    [Fact]
    public async Task Servers_that_keep_nothing_are_asked_on_the_subject_of_the_account_and_old_ones_on_its_old_name()
    {
        servers.Serve("$SYS.REQ.SERVER.PING", _ => [FakeServers.Ping("S0", 1)]);
        servers.Serve(OldUpdate, _ => [FakeServers.Done("S0", "jwt update skipped")]);
        await using SystemAccountClient client = await ConnectAsync();

        ServerAnswers answers = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default);

        Assert.Equal(ServerOutcome.Skipped, Assert.Single(answers.Answers).Outcome);
        Assert.Null(answers.Problem);
        Assert.Equal([Update, OldUpdate], servers.Requests.Select(request => request.Subject).TakeLast(2));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_and_not_waited_for_again()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []), ("S1", []), ("S2", []));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => [FakeServers.Done("S0"), FakeServers.Done("S2")]);
        var waits = new WaitingClock();
        await using SystemAccountClient client = await ConnectAsync(clock: waits);

        Task<ServerAnswers> asking = client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default);
        await waits.EndAllAsync(asking);
        ServerAnswers first = await asking;
        Assert.Equal(ErrorCode.ServersMissing, first.Problem!.Code);
        Assert.Equal(["S0", "S2"], first.Answers.Select(answer => answer.Server.Name));
        Assert.Contains("S1", first.Problem.Message, StringComparison.Ordinal);

        // Nobody ends this wait, and still it ends.
        ServerAnswers second = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default).WaitAsync(Patience);
        Assert.Equal(ErrorCode.ServersMissing, second.Problem!.Code);

        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => [FakeServers.Done("S1"), FakeServers.Done("S0"), FakeServers.Done("S2")]);
        Assert.Null((await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default).WaitAsync(Patience)).Problem);
    }

    [Fact]
    public async Task Words_of_a_refusal_and_answers_that_make_no_sense()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []), ("S1", []));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ =>
            ["", "garbage", "[]", "{}", """{"server":{}}""", """{"server":{"id":1}}""", FakeServers.Done("S0"),
                FakeServers.Answer("S1", "error", """{"code":500,"description":"no room"}""")]);
        await using SystemAccountClient client = await ConnectAsync();

        ServerAnswers answers = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default);

        Assert.Equal([ServerOutcome.Done, ServerOutcome.Refused], answers.Answers.Select(answer => answer.Outcome));
        Assert.Equal(ErrorCode.ServerRefused, answers.Problem!.Code);
        Assert.Contains("S1: no room", answers.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_listens_is_no_answer()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        await using SystemAccountClient client = await ConnectAsync();
        ServerAnswers answers = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default);
        Assert.Empty(answers.Answers);
        Assert.Equal(ErrorCode.NoAnswer, answers.Problem!.Code);
    }

    [Fact]
    public async Task A_token_that_no_message_can_carry_is_not_sent()
    {
        servers.MaximumPayload = 100;
        servers.ServeSurvey(system.Subject!, ("S0", []));
        await using SystemAccountClient client = await ConnectAsync();
        int before = servers.Requests.Count;
        Assert.Equal(ErrorCode.CannotPublish, (await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default)).Problem!.Code);
        Assert.Equal(before, servers.Requests.Count);
    }

    [Fact]
    public async Task What_a_user_may_not_ask_is_an_error_with_the_words_of_the_server_and_without_a_wait()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        servers.Forbidden.Add("$SYS.REQ.CLAIMS.UPDATE");
        await using SystemAccountClient client = await ConnectAsync(timeout: Timeout.InfiniteTimeSpan);

        ServerAnswers answers = await client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default).WaitAsync(Patience);

        Assert.Equal(ErrorCode.ServerRefused, answers.Problem!.Code);
        Assert.Contains("Permissions Violation", answers.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_that_may_ask_nothing_at_all_is_told_so()
    {
        foreach (string subject in new[] { "$SYS.REQ.SERVER.PING", "$SYS.REQ.CLAIMS.LIST", $"$SYS.REQ.ACCOUNT.{system.Subject}.CLAIMS.LOOKUP" })
        {
            servers.Forbidden.Add(subject);
        }

        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(
            () => ConnectAsync(timeout: Timeout.InfiniteTimeSpan).WaitAsync(Patience));
        Assert.Equal(ErrorCode.ServerRefused, error.Code);
        Assert.Contains("Permissions Violation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_that_may_not_ask_who_is_there_finds_those_that_keep_accounts()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []), ("S1", []));
        servers.Forbidden.Add("$SYS.REQ.SERVER.PING");
        await using SystemAccountClient client = await ConnectAsync(timeout: Short);
        Assert.Equal(["S0", "S1"], client.Servers.Select(server => server.Name));
    }

    [Fact]
    public async Task A_user_of_another_account_finds_nobody()
    {
        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(() => ConnectAsync());
        Assert.Equal(ErrorCode.NoAnswer, error.Code);
        Assert.Contains(system.Subject!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_servers_that_do_not_know_how_many_they_are_are_waited_for()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []), ("S1", []));
        servers.Serve("$SYS.REQ.SERVER.PING", _ => [FakeServers.Ping("S0", 0), FakeServers.Ping("S1", 0)]);
        await using SystemAccountClient client = await ConnectAsync(timeout: Short);
        Assert.Equal(2, client.Servers.Count);

        // Where somebody knows it, nobody waits.
        await using SystemAccountClient counted = await ConnectAsync(timeout: Timeout.InfiniteTimeSpan, count: 2).WaitAsync(Patience);
        Assert.Equal(2, counted.Servers.Count);
    }

    [Fact]
    public async Task Fewer_servers_than_there_must_be_are_an_error_and_a_server_that_is_known_and_silent_is_counted()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        servers.Serve("$SYS.REQ.SERVER.PING", _ => [FakeServers.Ping("S0", 3)]);
        await using (SystemAccountClient client = await ConnectAsync(timeout: Short))
        {
            Assert.Equal(3, client.KnownServers);
        }

        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(() => ConnectAsync(timeout: Short, count: 2));
        Assert.Equal(ErrorCode.ServersMissing, error.Code);
        Assert.Contains("1 of 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lookup_takes_the_empty_answers_of_new_servers_and_the_silence_of_old_ones()
    {
        servers.ServeSurvey(system.Subject!, ("S0", [account.Subject!]), ("S1", []), ("S2", [account.Subject!]));
        servers.Serve(Lookup, _ => ["", account.Jwt!, account.Jwt! + "\n"]);
        await using SystemAccountClient client = await ConnectAsync(timeout: Timeout.InfiniteTimeSpan);

        IReadOnlyList<HeldToken> held = await client.FindAsync(account.Subject!, default).WaitAsync(Patience);

        Assert.Equal([new("S0", account.Jwt, true), new("S2", account.Jwt, true), new("S1", null, false)], held);
    }

    [Fact]
    public async Task Tokens_that_differ_belong_to_those_who_use_them_and_else_to_some_of_the_rest()
    {
        var newer = (NatsAccount)editor.Change(account.Path, SigningKeyChoice.Default, entity => ((NatsAccount)entity).Claims.Tags.Add("new")).Entity;
        string[] all = [account.Subject!];
        servers.ServeSurvey(system.Subject!, ("S0", all), ("S1", all), ("S2", all), ("S3", all));
        servers.Serve(Lookup, _ => [newer.Jwt!, account.Jwt!, newer.Jwt!, account.Jwt!]);
        servers.Serve("$SYS.REQ.SERVER.PING.ACCOUNTZ", _ => new[] { "S0", "S1", "S2", "S3" }.Select(name => name == "S2"
            ? FakeServers.Answer(name, "data", $$"""{"account_detail":{"jwt":"{{account.Jwt}}"} }""")
            : FakeServers.Answer(name, "error", """{"code":500,"description":"Account does not exist"}""")));
        await using SystemAccountClient client = await ConnectAsync();

        IReadOnlyList<HeldToken> held = await client.FindAsync(account.Subject!, default);

        Assert.Equal([new("S2", account.Jwt, true), new("2 of S0, S1, S3", newer.Jwt, true), new("1 of S0, S1, S3", account.Jwt, true)], held);
        Assert.Contains(servers.Requests, request => request.Body == $$"""{"account":"{{account.Subject}}"}""");
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_an_error_and_the_next_request_takes_another()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        await using SystemAccountClient client = await ConnectAsync(timeout: Patience);
        servers.Fatal.Add("$SYS.REQ.CLAIMS.UPDATE");
        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(
            () => client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, default));
        Assert.Equal(ErrorCode.ServerUnreachable, error.Code);

        servers.Fatal.Clear();
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => [FakeServers.Done("S0")]);
        IReadOnlyList<ServerAnswers> answers = await AccountPublisher.PublishAsync(
            client, [new PublicationChecker().Check(account)], force: false, onlyChanged: false, default);

        Assert.Null(Assert.Single(answers).Problem);
        Assert.Equal(2, servers.Connects.Count);
    }

    [Fact]
    public async Task Servers_that_were_started_with_another_operator_get_nothing_and_those_that_do_not_tell_do()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []), ("S1", []));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => [FakeServers.Done("S0"), FakeServers.Done("S1")]);
        NatsOperator other = editor.CreateOperator(new NewEntity("X"));
        servers.Serve("$SYS.REQ.SERVER.PING.VARZ", _ =>
        [
            FakeServers.Answer("S0", "data", $$"""{"trusted_operators_jwt":["{{owner.Jwt}}","garbage"]}"""),
            FakeServers.Answer("S1", "data", $$"""{"trusted_operators_jwt":["{{other.Jwt}}"]}"""),
        ]);
        PublishableAccount[] publications = [new PublicationChecker().Check(account)];

        await using (SystemAccountClient client = await ConnectAsync())
        {
            NatsKeysException problem =
                (await AccountPublisher.PublishAsync(client, publications, force: false, onlyChanged: false, default))[0].Problem!;
            Assert.Equal(ErrorCode.CannotPublish, problem.Code);
            Assert.Contains("S1", problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("S0", problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(servers.Requests, request => request.Subject == "$SYS.REQ.CLAIMS.UPDATE");
            Assert.Null((await AccountPublisher.PublishAsync(client, publications, force: true, onlyChanged: false, default))[0].Problem);
        }

        servers.Serve("$SYS.REQ.SERVER.PING.VARZ", _ =>
            [FakeServers.Answer("S0", "data", "{}"), FakeServers.Answer("S1", "error", """{"description":"no"}""")]);
        await using SystemAccountClient quiet = await ConnectAsync();
        Assert.Null((await AccountPublisher.PublishAsync(quiet, publications, force: false, onlyChanged: false, default))[0].Problem);
    }

    [Fact]
    public async Task Before_the_user_expires_another_one_takes_its_place()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        await using SystemAccountClient client = await ConnectAsync();

        clock.Now += TimeSpan.FromSeconds(60);
        await client.RefreshAsync(default);
        Assert.Single(servers.Connects);

        clock.Now += TimeSpan.FromSeconds(45);
        await client.RefreshAsync(default);

        string[] users = [.. servers.Connects.Select(connect => JwtReader.Read(Vectors.Case(connect).Text("jwt")).Subject!)];
        Assert.Equal(2, users.Distinct().Count());
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        servers.Serve("$SYS.REQ.CLAIMS.UPDATE", _ => []);
        await using SystemAccountClient client = await ConnectAsync(timeout: Timeout.InfiniteTimeSpan);
        using var stop = new CancellationTokenSource();
        Task<ServerAnswers> waiting = client.UpdateAsync(ServerAccount.Of(account), account.Jwt!, stop.Token);
        Assert.False(waiting.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SystemAccountClient.ConnectAsync(new ServerOptions([servers.Url]), SystemSignIn.As(editor, owner, ServerTask.Read), stop.Token));
    }

    [Fact]
    public async Task A_server_that_says_no_at_the_door_is_quoted()
    {
        servers.Refusal = "Authorization Violation";
        NatsKeysException error = await Assert.ThrowsAsync<NatsKeysException>(() => ConnectAsync(timeout: Patience));
        Assert.Equal(ErrorCode.ServerRefused, error.Code);
        Assert.Contains("Authorization Violation", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What a client does as long as it is connected would keep whoever waits for all that began in a context, such as this test.</summary>
    [Fact]
    public async Task Nothing_begins_in_the_context_of_the_caller_that_ends_with_the_connection()
    {
        servers.ServeSurvey(system.Subject!, ("S0", []));
        var context = new CountingContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        for (int turn = 0; turn < 20; turn++)
        {
            SynchronizationContext.SetSynchronizationContext(context);
            Task<SystemAccountClient> connecting = ConnectAsync(ServerTask.Publish);
            SynchronizationContext.SetSynchronizationContext(before);
            await using SystemAccountClient client = await connecting;
        }

        Assert.Equal(0, context.Begun);
    }

    /// <summary>Counts what begins in it.</summary>
    private sealed class CountingContext : SynchronizationContext
    {
        public int Begun { get; private set; }

        public override void OperationStarted() => Begun++;
    }

    /// <summary>A user of the first key that is tried.</summary>
    private NatsCredential Issue(NatsOperator of, ServerTask task)
    {
        SystemKeys keys = SystemUser.KeysOf(editor, of, task);
        ISigner signer = keys.Find().First().Signer;
        return SystemUser.Issue(editor, keys.Listing(signer.PublicKey), signer, task);
    }
}
