using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>Connect attempts at a real server, held against ours.</summary>
public class ServerTrustTests
{
    public static TheoryData<string, string> Cases => Of(Vectors.Load("server-trust.json"));

    public static TheoryData<string, string> StrictCases => Of(Vectors.Load("server-trust.json")["strict"]!);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_as_the_server_did(string id, string json) => Compare(id, Vectors.Case(json), Vectors.Load("server-trust.json"));

    [Theory]
    [MemberData(nameof(StrictCases))]
    public void Decides_as_the_server_of_a_strict_operator_did(string id, string json) =>
        Compare(id, Vectors.Case(json), Vectors.Load("server-trust.json")["strict"]!.AsObject());

    [Fact]
    public void Several_threads_with_users_of_different_accounts_each_find_their_own()
    {
        using NatsKeyPair signer = NatsKeyPair.Generate(NatsKeyType.Operator);
        Dictionary<string, string> accounts = [];
        foreach (string name in new[] { "A", "B" })
        {
            using NatsKeyPair account = NatsKeyPair.Generate(NatsKeyType.Account);

            // Comparing long tokens takes a while, in which other threads look for another account.
            string[] tags = [.. Enumerable.Range(0, 2000).Select(tag => $"{tag}")];
            var claims = new AccountClaims { Name = name, Subject = account.PublicKey, Tags = [.. tags] };
            accounts[account.PublicKey] = JwtWriter.Write(claims, signer, TimeProvider.System);
        }

        string owner = JwtWriter.Write(new OperatorClaims { Name = "O", Subject = signer.PublicKey }, signer, TimeProvider.System);
        var trust = new ServerTrust(owner, key => new string(accounts[key].AsSpan()));
        string[] keys = [.. accounts.Keys];
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var refusals = new ConcurrentBag<string>();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(number => new Thread(() =>
        {
            for (int attempt = 0; attempt < 1000 && refusals.IsEmpty; attempt++)
            {
                if (trust.RefusalOf(keys[number % 2], now) is { } refusal)
                {
                    refusals.Add(refusal.ToString()!);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(refusals);
    }

    /// <summary>What was found out about an account is kept for its other users: for that account, that second and that server alone.</summary>
    [Fact]
    public void What_is_kept_of_an_account_holds_for_that_account_that_second_and_that_server()
    {
        using NatsKeyPair signer = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Operator);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var accounts = new Dictionary<string, string>();
        string Add(NatsKeyPair by, DateTimeOffset? begin)
        {
            using NatsKeyPair account = NatsKeyPair.Generate(NatsKeyType.Account);
            var claims = new AccountClaims { Name = "A", Subject = account.PublicKey, NotBefore = begin?.ToUnixTimeSeconds() ?? 0 };
            accounts[account.PublicKey] = JwtWriter.Write(claims, by, TimeProvider.System);
            return account.PublicKey;
        }

        (string good, string later, string strange) = (Add(signer, begin: null), Add(signer, now.AddSeconds(30)), Add(other, begin: null));
        accounts["swapped"] = accounts[good];
        string owner = JwtWriter.Write(new OperatorClaims { Name = "O", Subject = signer.PublicKey }, signer, TimeProvider.System);
        var trust = new ServerTrust(owner, accounts.GetValueOrDefault);

        Assert.Null(trust.RefusalOf(good, now));
        Assert.NotNull(trust.RefusalOf(later, now));
        Assert.Null(trust.RefusalOf(good, now));
        Assert.NotNull(trust.RefusalOf(later, now));
        Assert.Null(trust.RefusalOf(later, now.AddSeconds(40)));
        Assert.NotNull(trust.RefusalOf(later, now));
        Assert.Equal(TrustRules.AccountIssuer.Name, trust.RefusalOf(strange, now)!.Rule);
        Assert.Equal(TrustRules.AccountSubject.Name, trust.RefusalOf("swapped", now)!.Rule);
        Assert.Equal(TrustRules.AccountUnknown.Name, trust.RefusalOf("nobody", now)!.Rule);
    }

    /// <summary>All but those that were made for the hour of that run: times of the day have tests of their own.</summary>
    private static TheoryData<string, string> Of(JsonNode server)
    {
        var data = new TheoryData<string, string>();
        foreach (JsonObject entry in server["cases"]!.AsArray().Select(entry => entry!.AsObject()).Where(entry => !entry.Flag("time_relative")))
        {
            data.Add(entry.Text("id"), entry.ToJsonString());
        }

        return data;
    }

    private static void Compare(string id, JsonObject vector, JsonObject server)
    {
        JsonObject accounts = server["accounts"]!.AsObject();
        var trust = new ServerTrust(server.Text("operator_jwt"), key => accounts[key]?.ToString());
        ConnectDecision decision = trust.Decide(new ConnectAttempt(vector.Text("user_jwt"))
        {
            Time = TimeProvider.System.GetUtcNow(),
            RemoteAddress = IPAddress.Loopback,
            ActiveConnections = vector.Text("id") == "account-conn-1-second" ? 1 : 0,
            Proof = vector.Text("signature") switch
            {
                "base64url" or "padded standard base64" => vector.Text("id") == "user-wrong-signature" ? NonceProof.Bad : NonceProof.Good,
                "none" => NonceProof.None,
                _ => NonceProof.Bad,
            },
        });
        Assert.True(vector.Flag("connects") == decision.IsAllowed, $"{id}: {decision.Refusal}");
        bool isConnectionLimit = decision.Refusal?.Rule == "connect.connections";
        Assert.Equal(vector.Text("error") == "maximum account active connections exceeded", isConnectionLimit);
        Assert.Equal(vector.Text("error") == "maximum control line exceeded", decision.Refusal?.Rule == "connect.control-line");
    }
}
