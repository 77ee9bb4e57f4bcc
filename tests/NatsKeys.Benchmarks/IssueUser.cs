using BenchmarkDotNet.Attributes;
using NATS.NKeys;
using NSec.Cryptography;
using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Benchmarks;

/// <summary>
/// Issuing a user: a new key pair, and a token signed by its account. The peers make a key and sign as many bytes, without any token.
/// </summary>
[MemoryDiagnoser]
public class IssueUser
{
    /// <summary>What is signed of a small user's token: its header and payload in base64url.</summary>
    private const int SignedLength = 450;

    private const int UserCount = 1000;

    private readonly byte[] data = new byte[SignedLength];
    private readonly byte[] signature = new byte[ISigner.SignatureLength];
    private readonly NatsKeyPair account = NatsKeyPair.Generate(NatsKeyType.Account);
    private readonly KeyPair peerAccount = KeyPair.CreatePair(PrefixByte.Account);
    private readonly Key rawAccount = Key.Create(SignatureAlgorithm.Ed25519);

    [Benchmark(Description = "NatsKeys: key pair, token")]
    public string Writer()
    {
        using NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);
        return JwtWriter.Write(new UserClaims { Name = "user", Subject = user.PublicKey }, account);
    }

    /// <summary>A new store each time, so that its size does not grow into the numbers; making it is little beside a thousand users.</summary>
    [Benchmark(Description = "NatsKeys: user in a store in memory", OperationsPerInvoke = UserCount)]
    public NatsUser? Editor()
    {
        using var editor = new EntityEditor(NatsStore.InMemory());
        editor.CreateOperator(new NewEntity("O"));
        EntityPath parent = editor.CreateAccount(new NewEntity("A"), new EntityPath("O")).Path;
        NatsUser? last = null;
        for (int index = 0; index < UserCount; index++)
        {
            last = editor.CreateUser(new NewEntity($"user{index}"), parent);
        }

        return last;
    }

    [Benchmark(Description = "NATS.NKeys: key pair, sign 450 bytes")]
    public byte[] Peer()
    {
        KeyPair user = KeyPair.CreatePair(PrefixByte.User);
        user.GetPublicKey();
        peerAccount.Sign(data, signature);
        return signature;
    }

    [Benchmark(Description = "NSec: key, sign 450 bytes", Baseline = true)]
    public byte[] Raw()
    {
        using Key user = Key.Create(SignatureAlgorithm.Ed25519);
        SignatureAlgorithm.Ed25519.Sign(rawAccount, data, signature);
        return signature;
    }

    [GlobalCleanup]
    public void Clean()
    {
        account.Dispose();
        rawAccount.Dispose();
    }
}
