using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Fuzz.Targets;

/// <summary>
/// A server's decision about an account and a user whose payloads were changed and signed again. The input is both payloads, a line each.
/// </summary>
internal sealed class TrustTarget : IFuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly NatsKeyPair Operator = KeyOf(NatsKeyType.Operator, 1);
    private static readonly NatsKeyPair Account = KeyOf(NatsKeyType.Account, 2);
    private static readonly NatsKeyPair Scope = KeyOf(NatsKeyType.Account, 3);
    private static readonly NatsKeyPair User = KeyOf(NatsKeyType.User, 4);

    private readonly string operatorToken = JwtWriter.Write(new OperatorClaims { Name = "O", Subject = Operator.PublicKey }, Operator, 1_700_000_000);
    private readonly JsonNode account;
    private readonly JsonNode[] users;
    private readonly JsonMutator json;

    public TrustTarget(Corpus corpus)
    {
        string[] subjects = [.. corpus.Texts.Select(Encoding.UTF8.GetString)
            .Where(text => text.Contains("{{", StringComparison.Ordinal) || (text.Contains('.', StringComparison.Ordinal) && text.Length < 30))];
        json = new JsonMutator(
            corpus.Payloads, ["08:00:00", "25:00:00", "8:00:00.5", "\n08:00:00\n", "08:00", "::", "10.0.0.0/8", "0.0.0.0/0\n", "::/0", "Local",
                "Europe/Berlin", "America", "zone.tab", "\0", .. subjects]);
        account = PayloadOf(JwtWriter.Write(AccountWithRole(), Operator, 1_700_000_000));
        users =
        [
            PayloadOf(JwtWriter.Write(UserWithout(), Scope, 1_700_000_000)),
            PayloadOf(JwtWriter.Write(new UserClaims { Name = "Bob", Subject = User.PublicKey }, Account, 1_700_000_000)),
        ];
    }

    public string Name => "trust";

    public byte[] Make(Random random)
    {
        JsonNode user = users[random.Next(3) / 2].DeepClone();
        byte[] accountText = random.Next(4) == 0 ? Text(account) : Restore(json.Change(random, account.DeepClone()), random, Operator, Account);
        byte[] userText = random.Next(3) != 0 ? Text(user) : json.Change(random, user);
        return [.. accountText, (byte)'\n', .. userText];
    }

    public bool Run(byte[] input)
    {
        int line = input.AsSpan().LastIndexOf((byte)'\n');
        string accountToken = Sign(input.AsSpan(0, Math.Max(line, 0)), Operator);
        ReadOnlySpan<byte> payload = input.AsSpan(line + 1);
        string userToken = Sign(payload, payload.IndexOf(Encoding.ASCII.GetBytes(Scope.PublicKey)) >= 0 ? Scope : Account);
        var trust = new ServerTrust(operatorToken, _ => accountToken);
        ConnectDecision decision = trust.Decide(new ConnectAttempt(userToken) { Time = Now, RemoteAddress = IPAddress.Loopback });
        Hold.That(decision.IsAllowed == decision.Permissions is not null, "let in without permissions, or not let in with them");
        if (decision.Permissions is { } permissions)
        {
            foreach (string subject in new[] { "", ".", "a", "a.b", ">", "*", "a..b", " ", "\ud800", "u.Bob.x" })
            {
                _ = (PermissionEvaluator.Publish(permissions, subject), PermissionEvaluator.Subscribe(permissions, subject, "q"));
            }
        }

        return decision.IsAllowed;
    }

    private static NatsKeyPair KeyOf(NatsKeyType type, byte value) =>
        NatsKeyPair.FromRawSeed(type, Enumerable.Repeat(value, KeyEncoding.RawLength).ToArray());

    private static AccountClaims AccountWithRole()
    {
        var role = new AccountSigningKey { Key = Scope.PublicKey, IsScoped = true, Role = "r" };
        role.Template.Pub = new SubjectPermission { Allow = ["u.{{name()}}.>", "{{tag(dept)}}.{{account-tag(t)}}", "a.b"],
            Deny = ["x.{{subject()}}"] };
        role.Template.Sub = new SubjectPermission { Allow = ["{{account-name()}}.> q", "_INBOX.>"], Deny = ["{{account-subject()}}"] };
        role.Template.Times = [new TimeRange { Start = "00:00:00", End = "23:59:59" }];
        role.Template.TimesLocation = "UTC";
        role.Template.Src = ["127.0.0.0/8"];
        role.Template.AllowedConnectionTypes = ["STANDARD"];
        return new AccountClaims { Name = "A", Subject = Account.PublicKey, Tags = ["t:1", "t:2"], SigningKeys = [role] };
    }

    private static UserClaims UserWithout()
    {
        var user = new UserClaims { Name = "Bob", Subject = User.PublicKey, IssuerAccount = Account.PublicKey, Tags = ["dept:a", "dept:b"] };
        user.Permissions.Subs = user.Permissions.Data = user.Permissions.Payload = 0;
        return user;
    }

    private static JsonNode PayloadOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;

    private static byte[] Text(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    /// <summary>An account that is not the operator's is turned away at the door; most keep their issuer and subject.</summary>
    private static byte[] Restore(byte[] payload, Random random, NatsKeyPair issuer, NatsKeyPair subject)
    {
        if (random.Next(8) != 0 && payload.AsSpan().IndexOf("\\udabc"u8) < 0 && TryParse(payload) is { } parsed)
        {
            (parsed["iss"], parsed["sub"]) = (issuer.PublicKey, subject.PublicKey);
            return Text(parsed);
        }

        return payload;
    }

    private static JsonObject? TryParse(byte[] payload)
    {
        try
        {
            return JsonNode.Parse(payload, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            // A member stands twice.
            return null;
        }
    }

    private static string Sign(ReadOnlySpan<byte> payload, NatsKeyPair key)
    {
        string signed = $"{JwtWriter.Header}.{Base64Url.EncodeToString(payload)}";
        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(Encoding.ASCII.GetBytes(signed), signature);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
