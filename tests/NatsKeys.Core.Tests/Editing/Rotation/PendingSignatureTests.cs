using NatsKeys.Claims;
using NatsKeys.Core.Tests.Signing;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

/// <summary>What cannot be signed now does not stop the rest, and a second run finishes it.</summary>
public class PendingSignatureTests
{
    [Fact]
    public void A_file_that_was_edited_keeps_the_old_key_listed_until_it_is_signed()
    {
        using var box = new RotationBox(StorePlace.Disk);
        box.EditFile(StoreBox.A.Child("u1"));
        KeyRotationResult first = box.Rotate(box.Plain);

        Assert.Equal("user O/A/u1", Assert.Single(first.Pending).Path.ToString());
        Assert.Equal((false, true), (first.IsFinished, first.IsOldKeyListed));
        RotationBox.RequireKeys(box.Box.Account.Jwt, box.Plain, first.NewKey, box.Role);
        Assert.Equal(first.NewKey, box.User("u2").Issuer);

        // Still signed by the old key, which is listed.
        box.Box.Edit(editor => editor.SignEdited(StoreBox.A.Child("u1")));
        Assert.Equal(box.Plain, box.User("u1").Issuer);
        KeyRotationResult second = box.Rotate(box.Plain);

        Assert.Equal((true, first.NewKey), (second.IsFinished, second.NewKey));
        Assert.Equal(["user O/A/u1"], second.SignedAgain.Select(path => path.ToString()));
        Assert.False(File.Exists(box.Box.At("store", "rotations.yaml")));
        box.RequireGood();
    }

    [Fact]
    public void A_compromised_key_leaves_all_the_same()
    {
        using var box = new RotationBox(StorePlace.Disk);
        string file = box.FileOf(StoreBox.A.Child("u1"));
        string text = File.ReadAllText(file);
        box.EditFile(StoreBox.A.Child("u1"));
        KeyRotationResult first = box.Rotate(box.Plain, compromised: true);
        Assert.Equal((false, false, 1), (first.IsFinished, first.IsOldKeyListed, first.Pending.Count));
        RotationBox.RequireKeys(box.Box.Account.Jwt, first.NewKey, box.Role);
        Assert.Single(box.Store.ReadRotations());

        File.WriteAllText(file, text);
        KeyRotationResult second = box.Rotate(box.Plain, compromised: true);
        Assert.Equal((true, first.NewKey, 0), (second.IsFinished, box.User("u1").Issuer, second.Updates.Count));
        Assert.Empty(box.Store.ReadRotations());
        box.RequireGood();
    }

    [Fact]
    public void A_forged_user_is_not_signed_in_passing()
    {
        using var box = new RotationBox(StorePlace.Disk);
        string file = box.FileOf(StoreBox.A.Child("u1"));
        string[] parts = box.User("u1").Jwt!.Split('.');
        string other = box.User("u2").Jwt!.Split('.')[2];
        File.WriteAllText(file, File.ReadAllText(file).Replace(parts[2], other, StringComparison.Ordinal));
        KeyRotationResult rotation = box.Rotate(box.Plain, compromised: true);

        Assert.Equal(StoreBox.A.Child("u1"), Assert.Single(rotation.Pending).GetPlace());
        Assert.Equal(box.Plain, box.User("u1").Issuer);
    }

    [Fact]
    public void A_file_that_cannot_be_read_may_have_been_signed_by_the_key()
    {
        using var box = new RotationBox(StorePlace.Disk);
        File.WriteAllText(box.FileOf(StoreBox.A.Child("i1")), "kind: [");
        KeyRotationResult first = box.Rotate(box.Plain);
        Assert.Equal("user O/A/i1", Assert.Single(first.Pending).Path.ToString());
        Assert.True(first.IsOldKeyListed);
        File.Delete(box.FileOf(StoreBox.A.Child("i1")));
        Assert.True(box.Rotate(box.Plain).IsFinished);
    }

    [Theory]
    [InlineData(StorePlace.Disk, false)]
    [InlineData(StorePlace.Disk, true)]
    [InlineData(StorePlace.Memory, false)]
    [InlineData(StorePlace.Memory, true)]
    public void An_importer_whose_key_is_not_available_is_pending(StorePlace place, bool compromised)
    {
        using var box = new RotationBox(place);

        // The key of the importer is in a source that does not answer.
        using NatsKeyPair away = NatsKeyPair.Generate(NatsKeyType.Operator);
        box.Box.Edit(editor => editor.AddSigningKey(StoreBox.O, away, SigningKeyChoice.Default));
        box.Box.Edit(editor => editor.Change(RotationBox.B, SigningKeyChoice.Of(away), _ => { }));
        using NatsKeyPair identity = box.Store.Keys.Find(box.Box.Operator.Subject!)!;
        box.Store.Keys.Remove(away.PublicKey);
        box.Store.Keys.Remove(identity.PublicKey);

        using var locked = new EntityEditor(box.Store, new KeyRing(box.Store.Keys, [FakeSource.Locked()]));
        KeyRotationResult first = locked.Rotate(new RotationRequest(StoreBox.A, box.Plain) { IsCompromised = compromised });
        Assert.Equal("account O/B", Assert.Single(first.Pending).Path.ToString());
        Assert.Equal((box.Plain, !compromised), (box.ActivationIssuer, first.IsOldKeyListed));
        Assert.Equal(first.NewKey, box.User("u1").Issuer);
        Assert.Equal(first.Pending.Count, locked.PlanRotation(new RotationRequest(StoreBox.A, box.Plain)).Pending.Count);

        box.Store.Keys.Add(away);
        KeyRotationResult second = box.Rotate(box.Plain, compromised);
        Assert.Equal((true, first.NewKey, first.NewKey), (second.IsFinished, second.NewKey, box.ActivationIssuer));
        Assert.Equal(compromised ? ["account O/B"] : ["account O/B", "account O/A"], second.Updates.Select(update => update.Path.ToString()));
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void Nothing_begins_while_the_owner_cannot_be_signed(StorePlace place)
    {
        using var box = new RotationBox(place);
        using NatsKeyPair key = box.Store.Keys.Find(box.OperatorKey)!;
        using NatsKeyPair identity = box.Store.Keys.Find(box.Box.Operator.Subject!)!;
        box.Store.Keys.Remove(key.PublicKey);
        box.Store.Keys.Remove(identity.PublicKey);
        IReadOnlyList<string> before = box.Box.Snapshot();
        Refused.With(ErrorCode.SigningKeyNotFound, () => box.Rotate(box.Plain, compromised: true));
        Assert.Equal(before, box.Box.Snapshot());
        Assert.True(box.Rotate(new RotationRequest(StoreBox.A, box.Plain) { SigningKey = SigningKeyChoice.Of(identity) }).IsFinished);
    }

    [Fact]
    public void An_owner_that_was_edited_is_not_signed_in_passing()
    {
        using var box = new RotationBox(StorePlace.Disk);
        box.EditFile(StoreBox.A);
        IReadOnlyList<string> before = box.Box.Snapshot();
        Refused.With(ErrorCode.EntityNotSigned, () => box.Rotate(box.Plain));
        Assert.Equal(before, box.Box.Snapshot());
    }

    [Fact]
    public void What_has_begun_goes_on_with_the_same_key()
    {
        using var box = new RotationBox(StorePlace.Disk);
        KeyRotationResult first = box.Rotate(new RotationRequest(StoreBox.A, box.Plain) { KeepOldKey = true, NewUserKeys = true });
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Account);
        Refused.With(ErrorCode.RotationBegun, () => box.Rotate(new RotationRequest(StoreBox.A, box.Plain) { NewKey = other }));
        Assert.Equal(new RotationRecord(StoreBox.A, box.Plain, first.NewKey) { NewUserKeys = true }, Assert.Single(box.Store.ReadRotations()));

        // Its owner may have another name by now.
        box.Box.Edit(editor => editor.Rename(StoreBox.A, "C", SigningKeyChoice.Default));
        Assert.Equal("account O/C", box.Store.FindListedKey(box.Plain).Owner.Path.ToString());
        Assert.True(box.Rotate(new RotationRequest(new EntityPath("O", "C"), box.Plain)).IsFinished);
    }

    [Theory]
    [InlineData("format: 2\nrotations: []\n", ErrorCode.StoreFormat)]
    [InlineData("format: 1\nrotations:\n- { owner: O, old: X, new: Y }\n", ErrorCode.InvalidYaml)]
    [InlineData("format: 1\nrotations:\n- { owner: O }\n", ErrorCode.InvalidYaml)]
    public void A_damaged_file_of_rotations_is_an_error_that_names_it(string text, ErrorCode code)
    {
        using var box = new RotationBox(StorePlace.Disk);
        File.WriteAllText(box.Box.At("store", "rotations.yaml"), text);
        Assert.EndsWith("rotations.yaml", Refused.With(code, () => box.Rotate(box.Plain)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_broken_by_now_keeps_one_from_being_signed_and_no_other()
    {
        using var box = new RotationBox(StorePlace.Memory);
        box.Box.Resign(StoreBox.A.Child("u1"), claims => ((UserClaims)claims).Permissions.Pub.Allow.Add("a..b"));
        KeyRotationResult rotation = box.Rotate(box.Plain, compromised: true);
        Assert.Equal("user O/A/u1", Assert.Single(rotation.Pending).Path);
        Assert.Equal(rotation.NewKey, box.User("u2").Issuer);
    }

    [Theory]
    [InlineData(StorePlace.Disk)]
    [InlineData(StorePlace.Memory)]
    public void An_importer_whose_signer_fails_is_pending_in_the_plan_and_in_the_run(StorePlace place)
    {
        using var box = new RotationBox(place);
        using NatsKeyPair key = box.Store.Keys.Find(box.OperatorKey)!;

        // The first call is for the owner, the second one for the importer.
        SigningKeyChoice FailsOnce()
        {
            int calls = 0;
            return SigningKeyChoice.External(data =>
            {
                byte[] signature = new byte[ISigner.SignatureLength];
                key.Sign(data, signature);
                return ++calls == 2 ? throw new InvalidOperationException("not now") : signature;
            });
        }

        RotationPlan plan = box.Box.Edit(editor => editor.PlanRotation(new RotationRequest(StoreBox.A, box.Plain) { SigningKey = FailsOnce() }));
        Assert.Equal("account O/B", Assert.Single(plan.Pending).Path.ToString());
        KeyRotationResult run = box.Rotate(new RotationRequest(StoreBox.A, box.Plain) { SigningKey = FailsOnce() });
        Assert.Equal("account O/B", Assert.Single(run.Pending).Path.ToString());
        Assert.Equal((box.Plain, true, run.NewKey), (box.ActivationIssuer, run.IsOldKeyListed, box.User("u1").Issuer));
        Assert.True(box.Rotate(box.Plain).IsFinished);
        box.RequireGood();
    }
}
