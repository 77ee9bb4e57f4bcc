using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Server;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

/// <summary>A replacement of a key of the system account is over once servers know of it, and not before.</summary>
public sealed class RotationConfirmingTests : IDisposable
{
    private static readonly EntityPath System = new("S", "SYS");
    private readonly StoreBox box = new(StorePlace.Disk);
    private readonly string admin;
    private readonly string old;

    public RotationConfirmingTests()
    {
        box.Edit(editor => editor.CreateOperatorWithSystemAccount(new NewEntity("S"), "SYS"));
        admin = Account.GetSigningKeys()[0].PublicKey;
        old = box.AddSigningKey(System);
    }

    private NatsAccount Account => (NatsAccount)box.Store.Get(System);

    public void Dispose() => box.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_stays_recorded_until_the_token_that_the_store_has_is_confirmed(bool isCompromised)
    {
        KeyRotationResult rotation = Rotate(isCompromised);

        Assert.True(rotation.IsFinished);
        Assert.Equal(new RotationRecord(System, old, rotation.NewKey) { AwaitsServers = true }, Assert.Single(box.Store.ReadRotations()));
        Assert.Contains("awaits_servers: true", File.ReadAllText(box.At("store", "rotations.yaml")), StringComparison.Ordinal);
        Assert.Equal(["audit.unconfirmed-rotation"], Rules("rotation"));
        Assert.Empty(Rules("orphaned-key"));
        if (!isCompromised)
        {
            Assert.False(Confirm(rotation.Updates[0].Token));
        }

        Assert.True(Account.AwaitsServers());
        Assert.True(Confirm(Account.Jwt!));
        Assert.False(Confirm(Account.Jwt!));
        Assert.False(File.Exists(box.At("store", "rotations.yaml")));
        Assert.Empty(Rules("rotation"));
        Assert.True(box.Store.Keys.Contains(old));
    }

    [Fact]
    public void A_key_that_stays_for_now_is_not_confirmed_away()
    {
        box.Edit(editor => editor.Rotate(new RotationRequest(System, old) { KeepOldKey = true }));
        Assert.False(Confirm(Account.Jwt!));
        Assert.Equal(["audit.unfinished-rotation"], Rules("rotation"));
    }

    [Fact]
    public void The_keys_that_servers_may_know_come_first()
    {
        KeyRotationResult first = Rotate(isCompromised: true);
        KeyRotationResult second = box.Edit(editor => editor.Rotate(new RotationRequest(System, first.NewKey) { IsCompromised = true }));
        string other = box.AddSigningKey(System);

        Assert.Equal([old, first.NewKey, other, second.NewKey, Account.Subject!, admin], Keys());

        box.Edit(editor => editor.Rename(System, "SYSTEM", SigningKeyChoice.Default));
        using var editor = new EntityEditor(box.Store);
        Assert.Equal(old, SystemUser.KeysOf(editor, box.Store.FindOperator("S"), ServerTask.Publish).Find().First().Signer.PublicKey);
    }

    [Fact]
    public void A_key_of_a_role_signs_those_who_speak_with_servers_where_the_role_lets_them()
    {
        var template = new NatsKeys.Claims.UserPermissions();
        template.Pub.Allow.AddRange(["$SYS.REQ.ACCOUNT.*.CLAIMS.LOOKUP", "$SYS.REQ.SERVER.PING.>", "$SYS.REQ.SERVER.PING", "$SYS.REQ.CLAIMS.LIST"]);
        using NatsKeyPair reader = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Edit(editor => editor.AddSigningKey(System, reader, SigningKeyChoice.Default, new NewScope("r", template, "")));
        Assert.Equal([old, Account.Subject!, admin], Keys(ServerTask.Publish));
        Assert.Equal([old, Account.Subject!, admin, reader.PublicKey], Keys(ServerTask.Read));
    }

    [Fact]
    public void A_replaced_key_of_a_role_is_what_its_successor_is()
    {
        KeyRotationResult rotation = box.Edit(editor => editor.Rotate(new RotationRequest(System, admin) { IsCompromised = true }));
        Assert.Equal([old, Account.Subject!, admin, rotation.NewKey], Keys());
    }

    private KeyRotationResult Rotate(bool isCompromised) =>
        box.Edit(editor => editor.Rotate(new RotationRequest(System, old) { IsCompromised = isCompromised }));

    private bool Confirm(string token) => box.Edit(editor => editor.ConfirmRotations(Account, token));

    private string[] Keys(ServerTask task = ServerTask.Publish)
    {
        using var editor = new EntityEditor(box.Store);
        return [.. SystemUser.KeysOf(editor, box.Store.FindOperator("S"), task).Find().Select(key => key.Signer.PublicKey)];
    }

    private string[] Rules(string part) =>
        [.. StoreAuditor.Check(box.Store).Select(finding => finding.Rule).Where(rule => rule.Contains(part, StringComparison.Ordinal))];
}
