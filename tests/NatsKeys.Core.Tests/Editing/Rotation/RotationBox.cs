using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

/// <summary>
/// Account A with a plain key that signed the users u1 and u2 and an activation for account B, a key of the role r that signed s1, and the user i1 of
/// its identity. Both accounts are signed by a key of the operator.
/// </summary>
internal sealed class RotationBox : IDisposable
{
    public static readonly EntityPath B = new("O", "B");

    public RotationBox(StorePlace place)
    {
        Box = new StoreBox(place).With(StoreBox.O);
        OperatorKey = Box.AddSigningKey(StoreBox.O);
        SigningKeyChoice byOperatorKey = SigningKeyChoice.Named(OperatorKey);
        Box.Create(StoreBox.O, new NewEntity("A") { SigningKey = byOperatorKey });
        Box.Create(StoreBox.O, new NewEntity("B") { SigningKey = byOperatorKey });
        Plain = Box.AddSigningKey(StoreBox.A);
        using NatsKeyPair role = NatsKeyPair.Generate(NatsKeyType.Account);
        var template = new UserPermissions();
        template.Pub.Allow.Add("x.>");
        Role = Box.Edit(editor => editor.AddSigningKey(StoreBox.A, role, SigningKeyChoice.Default, new NewScope("r", template, "d"))).PublicKey;
        foreach ((string name, string key) in new[] { ("u1", Plain), ("u2", Plain), ("s1", Role), ("i1", Box.Account.Subject!) })
        {
            Box.Create(StoreBox.A, new NewEntity(name) { SigningKey = SigningKeyChoice.Named(key) });
        }

        Box.Edit(editor => editor.Change(
            StoreBox.A, SigningKeyChoice.Default, a =>
                ((NatsAccount)a).Claims.Exports.Add(new AccountExport { Subject = "svc", Type = "service", TokenReq = true })));
        AddImport(B);
    }

    public StoreBox Box { get; }

    public string OperatorKey { get; }

    public string Plain { get; }

    public string Role { get; }

    public NatsStore Store => Box.Store;

    public NatsAccount Importer => (NatsAccount)Store.Get(B);

    public string? ActivationIssuer => Importer.GetImports()[0].Activation!.Issuer;

    public NatsUser User(string name) => (NatsUser)Store.Get(StoreBox.A.Child(name));

    public KeyRotationResult Rotate(RotationRequest request) => Box.Edit(editor => editor.Rotate(request));

    public KeyRotationResult Rotate(string key, bool compromised = false) =>
        Rotate(new RotationRequest(StoreBox.A, key) { IsCompromised = compromised });

    /// <summary>Has an account import from A, with an activation of the plain key.</summary>
    public void AddImport(EntityPath importer) => Box.Edit(editor =>
    {
        string token = editor
            .Activate(Box.Account, new ActivationRequest("svc", Store.Get(importer).Subject!) { SigningKey = SigningKeyChoice.Named(Plain) })
            .Token;
        return editor.Change(importer, SigningKeyChoice.Default, found =>
            ((NatsAccount)found)
                .AddImport(new AccountImport { Name = "svc", Subject = "svc", Type = "service", Account = Box.Account.Subject, Token = token }));
    });

    /// <summary>Writes credentials to where the store keeps them.</summary>
    public string Credentials(string name)
    {
        string path = CredentialFile.DefaultPath(User(name))!;
        SecretFile.Write(path, CredentialTexts.Of(User(name)), overwrite: false);
        return path;
    }

    /// <summary>Edits a file by hand, as somebody does who does not sign it.</summary>
    public void EditFile(EntityPath path)
    {
        string file = FileOf(path);
        File.WriteAllText(file, File.ReadAllText(file) + "tags: [edited]\n");
    }

    public string FileOf(EntityPath path) => new StoreLayout(Box.At("store")).FileOf(path);

    public void RequireGood() =>
        Assert.Empty(StoreValidator.Check(Store).Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Message));

    /// <summary>That a token of the account lists these keys and no others. Tokens sort them.</summary>
    public static void RequireKeys(string? token, params string[] keys) =>
        Assert.Equal(keys.Order(StringComparer.Ordinal), JwtReader.Read(token!).Claims.ListedKeys.Order(StringComparer.Ordinal));

    public void Dispose() => Box.Dispose();
}
