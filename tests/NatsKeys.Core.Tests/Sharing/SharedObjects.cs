using NatsKeys.Claims;
using NatsKeys.Core.Tests.Jwt;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Exchange;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Sharing;

/// <summary>One object of each kind, all of which several threads use at once.</summary>
internal sealed class SharedObjects : IDisposable
{
    private readonly StoreBox box;

    public SharedObjects(StorePlace place)
    {
        box = new StoreBox(place).With(StoreBox.U).With(StoreBox.O.Child("B")).With(StoreBox.A.Child("Other"));
        OperatorKey = box.AddSigningKey(StoreBox.O);
        Role = box.AddRole("reader");
        string importer = box.Store.Get(StoreBox.O.Child("B")).Subject!;
        box.Resign(StoreBox.A, claims => Fill((AccountClaims)claims, importer));
        box.Resign(StoreBox.O.Child("B"), claims => ((AccountClaims)claims).Imports.Add(
            new AccountImport { Subject = "z.public", Account = box.Account.Subject, Type = "stream", Name = "z" }));
        Store = box.Store;
        Operator = (NatsOperator)Store.GetShared(StoreBox.O);
        Account = (NatsAccount)Store.GetShared(StoreBox.A);
        User = (NatsUser)Store.GetShared(StoreBox.U);
        Importer = (NatsAccount)Store.GetShared(StoreBox.O.Child("B"));
        Keys = new KeyRing(Store.Keys);
        Editor = new EntityEditor(Store);
        Credential = Keys.CredentialOf(User);
        Pair = Store.Keys.Find(Account.Subject!)!;
        Token = JwtReader.Read(Account.Jwt!);
        Loose = new AccountClaims { Name = "loose", Subject = Account.Subject };
        Fill(Loose, importer);
        (Loose.Id, Loose.Issuer, Loose.IssuedAt) = ("id", Operator.Subject, 1_600_000_000);
        Curve = NatsKeyPair.Generate(NatsKeyType.Curve);
        Context = new ClientContext(box.At("U.creds"));
        CredentialFile.Write(User, Credential, Context.CredentialPath, overwrite: false);
    }

    public NatsStore Store { get; }

    public DateTimeOffset Now => box.Clock.Now;

    public TimeProvider Clock { get; } = new FixedClock(1_700_000_000);

    public NatsOperator Operator { get; }

    public NatsAccount Account { get; }

    public NatsAccount Importer { get; }

    public NatsUser User { get; }

    public string OperatorKey { get; }

    public string Role { get; }

    public KeyRing Keys { get; }

    public EntityEditor Editor { get; }

    public NatsCredential Credential { get; }

    public NatsKeyPair Pair { get; }

    public NatsKeyPair Curve { get; }

    public NatsJwt Token { get; }

    /// <summary>Claims that can be changed, with lists in another order than a token has.</summary>
    public AccountClaims Loose { get; }

    public ClientContext Context { get; }

    /// <summary>Every word of the claims.</summary>
    public string[] Texts() =>
    [
        .. new ClaimSet[] { Operator.Claims, Account.Claims, Importer.Claims, User.Claims, Token.Claims, Credential.Token.Claims }.Select(
            ClaimPayload.Write),
        Shown.Of(Loose),
        .. new NatsEntity[] { Operator, Account, Importer, User }.Select(entity => EntityFile.Write(entity.Document)),
    ];

    public void Dispose()
    {
        Credential.Dispose();
        Pair.Dispose();
        Curve.Dispose();
        Editor.Dispose();
        Keys.Dispose();
        box.Dispose();
    }

    private static void Fill(AccountClaims claims, string importer)
    {
        claims.Exports.Add(new AccountExport { Subject = "z.public", Type = "stream", Name = "z" });
        claims.Exports.Add(new AccountExport { Subject = "a.private", Type = "service", TokenReq = true, Revocations = { [importer] = 7 } });
        claims.Mappings["m"] = [new WeightedMapping { Subject = "n", Weight = 100 }];
        claims.Revocations[importer.Replace('A', 'U')] = 5;
        claims.Limits.DisallowBearer = true;
        claims.Limits.TieredLimits["R1"] = new JetStreamLimits { MemStorage = 1, DiskStorage = 2 };
        claims.DefaultPermissions.Pub.Allow.Add("p.>");
        claims.Tags.Add("tag");
    }
}
