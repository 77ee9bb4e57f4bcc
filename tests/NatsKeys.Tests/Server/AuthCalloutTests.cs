using NATS.Client.Core;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>
/// A service that decides who is let in. Account A is the one that servers ask: its user 'auth' is the service, and its user 'sentinel' is what
/// clients come with that have no user of their own. Those whose password is right become users of B.
/// </summary>
public sealed class AuthCalloutTests : ResolverTest
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> asked = [];
    private Task? answering;

    public AuthCalloutTests() => Run(
        """
        $a | New-NatsUser auth | Export-NatsCredential ./auth.creds
        $sentinel = $a | New-NatsUser sentinel -BearerToken -DenyPublish '>' -DenySubscribe '>'
        $sentinel | Export-NatsCredential ./sentinel.creds
        $bk = $b | Add-NatsSigningKey
        $b | Add-NatsSigningKey -Role guest -AllowPublish 'guest.{{name()}}' -AllowSubscribe 'guest.>' | Out-Null
        $b | New-NatsUser own | Export-NatsCredential ./own.creds

        # What the service says: the token of a new user, or why not.
        function Get-Decision($request) {
            $options = $request.Claims.ConnectOpts
            if ($options.Pass -ne 'right') { return @{ error = "not $($options.User)" } }
            $key = $options.User -like 'g*' ? 'guest' : $bk.PublicKey
            @{ jwt = (New-NatsUser $options.User -Account $b -Key $request.Claims.UserNkey -SigningKey $key).Jwt }
        }
        function Get-Answer([byte[]] $message, [string] $server) {
            $token = $server ? (Unprotect-NatsMessage -Message $message -From $server -Key $curve) : [System.Text.Encoding]::UTF8.GetString($message)
            $request = ConvertFrom-NatsJwt $token
            $global:user = $request.Claims.ConnectOpts.User
            $claims = Get-Decision $request
            $claims.type = 'authorization_response'
            $payload = @{ sub = $request.Claims.UserNkey; aud = $request.Claims.ServerId.Id; nats = $claims }
            $answer = (ConvertTo-NatsJwt $payload -SigningKey $a.Subject).Token
            , ($server ? (Protect-NatsMessage -Message $answer -To $server -Key $curve -AsByteArray) : [System.Text.Encoding]::UTF8.GetBytes($answer))
        }
        """);

    public override async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await (answering ?? Task.CompletedTask);
        stop.Dispose();
        await base.DisposeAsync();
    }

    [NatsServerTheory(ServerFeature.AuthCallout)]
    [InlineData("")]
    [InlineData("-EncryptionKey ($curve = New-NatsKeyPair Curve)")]
    public async Task The_service_lets_in_whom_it_knows_into_the_accounts_that_it_may_use(string more)
    {
        Run($"$a | Set-NatsAuthCallout auth -AllowedAccount B {more}");
        await StartWithServiceAsync();

        await using (NatsConnection guest = await ConnectAsync("gina", "right"))
        {
            await using INatsSub<string> subscription = await guest.SubscribeCoreAsync<string>("guest.>");
            await guest.PingAsync();

            // The role's template is in force: the first message is not of this user.
            await guest.PublishAsync("guest.other", "dropped");
            await guest.PublishAsync("guest.gina", "hello");
            using var patience = new CancellationTokenSource(NatsServer.Patience);
            Assert.Equal("hello", (await subscription.Msgs.ReadAsync(patience.Token)).Data);
        }

        await (await ConnectAsync("bob", "right")).DisposeAsync();
        await IsRefusedAsync("bob", "wrong");
        Assert.Equal(["gina", "bob", "bob"], asked);

        // Users of other accounts are not asked about.
        await (await Server.ConnectAsync(PathOf("own.creds"))).DisposeAsync();
        Assert.Equal(3, asked.Count);
    }

    [NatsServerFact(ServerFeature.AuthCallout)]
    public async Task An_account_that_the_callout_may_not_use_stays_closed()
    {
        Run("$a | Set-NatsAuthCallout auth");
        await StartWithServiceAsync();
        await IsRefusedAsync("bob", "right");
        Assert.Equal(["bob"], asked);
    }

    [NatsServerFact(ServerFeature.AuthCallout)]
    public async Task Once_the_callout_is_removed_nobody_is_asked_any_more()
    {
        Run("$a | Set-NatsAuthCallout auth -AllowedAccount *; $a | Remove-NatsAuthCallout -Confirm:$false");
        await StartWithServiceAsync();
        await (await ConnectAsync("bob", "wrong")).DisposeAsync();
        Assert.Empty(asked);
    }

    [NatsServerFact(ServerFeature.AuthCallout, ServerFeature.DefaultSentinel)]
    public async Task Who_comes_without_a_token_comes_with_the_default_sentinel()
    {
        Run("$a | Set-NatsAuthCallout auth -AllowedAccount B");
        await StartWithServiceAsync($"default_sentinel: {Value("$sentinel.Jwt")}");
        await (await Server.ConnectAsync(new NatsAuthOpts { Username = "bob", Password = "right" })).DisposeAsync();
        await Assert.ThrowsAnyAsync<NatsException>(() => Server.ConnectAsync(new NatsAuthOpts { Username = "bob", Password = "wrong" }));
    }

    /// <summary>Starts the server, which has patience with its clients, and the service.</summary>
    private async Task StartWithServiceAsync(string more = "")
    {
        await Server.StartAsync($"{Value("New-NatsServerConfig -Operator O2 -Resolver Memory")}\nauthorization {{ timeout: 60 }}\n{more}\n");
        NatsConnection connection = await Server.ConnectAsync(PathOf("auth.creds"));
        INatsSub<byte[]> requests = await connection.SubscribeCoreAsync<byte[]>("$SYS.REQ.USER.AUTH");
        await connection.PingAsync();
        answering = Task.Run(async () =>
        {
            await using (connection)
            {
                await AnswerAsync(requests);
            }
        });
    }

    private async Task AnswerAsync(INatsSub<byte[]> requests)
    {
        try
        {
            await foreach (NatsMsg<byte[]> request in requests.Msgs.ReadAllAsync(stop.Token))
            {
                string? server = request.Headers?.TryGetLastValue("Nats-Server-Xkey", out string? key) is true ? key : null;
                byte[] answer = (byte[])Run("Get-Answer $message $server", ("message", request.Data), ("server", server)).Single.BaseObject;
                asked.Add((string)Value("$user")!);
                await request.ReplyAsync(answer);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Task<NatsConnection> ConnectAsync(string user, string password) =>
        Server.ConnectAsync(new NatsAuthOpts { CredsFile = PathOf("sentinel.creds"), Username = user, Password = password });

    private async Task IsRefusedAsync(string user, string password)
    {
        NatsException error = await Assert.ThrowsAnyAsync<NatsException>(() => ConnectAsync(user, password));
        Assert.Contains("authorization", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
