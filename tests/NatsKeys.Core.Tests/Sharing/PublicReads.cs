using System.Reflection;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Server;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Sharing;

/// <summary>What the public methods of the core read of objects that several hold; and which methods do something else.</summary>
internal static class PublicReads
{
    /// <summary>Every method that reads, by the name of its type and its own.</summary>
    public static readonly IReadOnlyDictionary<string, Func<SharedObjects, object?>> All = new Dictionary<string, Func<SharedObjects, object?>>(
        StringComparer.Ordinal)
    {
        ["StoreAuditor.Check"] = on => StoreAuditor.Check(on.Store),
        ["ClaimList`1.FindIndex"] = on => on.Account.Claims.Exports.FindIndex(export => export.Subject == "z.public"),
        ["ClaimObject.Copy"] = on => new[] { on.Operator.Claims.Copy(), on.Account.Claims.Copy(), on.User.Claims.Copy(), on.Loose.Copy() },
        ["ClaimTable`1.ContainsKey"] = on => on.Account.Claims.Mappings.ContainsKey("m"),
        ["ClaimTable`1.TryGetValue"] = on => on.Account.Claims.Mappings.TryGetValue("m", out _),
        ["ClaimTable`1.GetEnumerator"] = on => on.Account.Claims.Limits.TieredLimits.Select(tier => tier.Key),
        ["ClientContext.RequireCredentials"] = on => Done(() => on.Context.RequireCredentials(on.User)),
        ["ClientContext.Write"] = on => on.Context.Write(),
        ["CredentialFile.DefaultPath"] = on => on.Store.CredentialRoot is null ? null : CredentialFile.DefaultPath(on.User),
        ["KeyRing.CredentialOf"] = on => Shown.Of(Using(on.Keys.CredentialOf(on.User), credential => credential.Token.Token)),
        ["CredentialFile.Read"] = on => Using(CredentialFile.Read(on.Context.CredentialPath), credential => credential.Token),
        ["CredentialFormat.Write"] = on => CredentialFormat.Write(on.Credential.Token.Token, on.Credential.KeyPair).ToString(),
        ["NatsCredential.Copy"] = on => Using(on.Credential.Copy(), credential => Shown.Of(credential)),
        ["AccountDiagram.Make"] = on => AccountDiagram.Make(
            [on.Operator, on.Account, on.Importer], new DiagramContent(Users: true, SigningKeys: true, Access: true)),
        ["EntityEditor.RequireActivation"] = on => Done(() => on.Editor.RequireActivation(on.Account, Activation(on))),
        ["EntityEditor.Activate"] = on => on.Editor.Activate(on.Account, Activation(on)),
        ["AccountEditing.FindExport"] = on => on.Account.FindExport("z.public", null),
        ["AccountEditing.FindImport"] = on => on.Importer.FindImport("z.public", null, null, null),
        ["EntityEditor.CopyCredential"] = on =>
            Using(on.Editor.CopyCredential(on.User, on.Now.AddDays(1), SigningKeyChoice.Default), copy => copy.Token),
        ["EntityEditor.RequireFree"] = on => Done(() => on.Editor.RequireFree(new EntityPath("Nobody"))),
        ["AccountEditing.ImportersOf"] = on => on.Account.ImportersOf(on.Account.Claims.Exports.First(export => export.Subject == "z.public")),
        ["AccountEditing.RequireUnlike"] = on => Done(() => on.Importer.RequireUnlike(new AccountImport { Subject = "q" })),
        ["EntityEditor.FindReplaced"] = on => on.Editor.FindReplaced(on.Account.GetSigningKeys()[0]) is null,
        ["EntityEditor.SignedBy"] = on => on.Editor.SignedBy(on.Account, on.Account.Subject!),
        ["EntityEditor.PlanSigning"] = on => on.Editor.PlanSigning(on.User.Path),
        ["NatsEntity.GetStore"] = on => on.Account.GetStore().Location,
        ["NatsEntity.GetPath"] = on => on.Account.GetPath(),
        ["NatsEntity.GetClaims"] = on => on.Account.GetClaims(),
        ["NatsEntity.GetJwt"] = on => on.Account.GetJwt(),
        ["NatsOperator.GetSigningKeys"] = on => on.Operator.GetSigningKeys(),
        ["NatsAccount.GetSigningKeys"] = on => on.Account.GetSigningKeys(),
        ["NatsAccount.GetExports"] = on => on.Account.GetExports(),
        ["NatsAccount.GetImports"] = on => on.Importer.GetImports(),
        ["NatsAccount.GetSubjectMappings"] = on => on.Account.GetSubjectMappings(),
        ["NatsAccount.GetRevocations"] = on => on.Account.GetRevocations(),
        ["NatsAccount.GetJetStreamLimits"] = on => on.Account.GetJetStreamLimits(),
        ["NatsAccount.GetAuthCallout"] = on => on.Account.GetAuthCallout()?.AuthUsers,
        ["NatsUser.GetPermissions"] = on => on.User.GetPermissions(),
        ["NatsUser.GetTemplate"] = on => on.User.GetTemplate(),
        ["NatsSigningKey.GetStore"] = on => on.Account.GetSigningKeys()[0].GetStore().Location,
        ["NatsSigningKey.GetTemplate"] = on => on.Account.GetSigningKeys()[0].GetTemplate(),
        ["NatsSigningKey.GetKeyPair"] = on => on.Account.GetSigningKeys()[0].GetKeyPair()?.PublicKey,
        ["AccountItem.GetStore"] = on => on.Account.GetExports()[0].GetStore().Location,
        ["NatsExport.GetClaims"] = on => on.Account.GetExports()[0].GetClaims(),
        ["NatsImport.GetClaims"] = on => on.Importer.GetImports()[0].GetClaims(),
        ["NatsImport.GetActivation"] = on => on.Importer.GetImports()[0].GetActivation(),
        ["NatsRevocation.GetExport"] = on => on.Account.GetRevocations()[^1].GetExport(),
        ["NatsJetStreamLimit.GetLimits"] = on => on.Account.GetJetStreamLimits().Select(limit => limit.GetLimits()),
        ["AccountItem.GetAccount"] = on => on.Account.GetExports()[0].GetAccount(),
        ["NatsOperator.SignedByIdentity"] = on => on.Operator.SignedByIdentity(),
        ["NatsSigningKey.GetOwner"] = on => on.Account.GetSigningKeys()[0].GetOwner(),
        ["EntityPath.Parse"] = on => EntityPath.Parse(on.User.Path.ToString()),
        ["ClaimPayload.Parse"] = on => ClaimPayload.Parse(ClaimPayload.Write(on.Loose)),
        ["ClaimPayload.Write"] = on => ClaimPayload.Write(on.Loose) + ClaimPayload.Write(on.Account.Claims),
        ["NatsJwt.GetClaims"] = on => on.Token.GetClaims(),
        ["NatsKeyUsage.GetEntity"] = on => Tree(on).OfOwner(on.Operator).Select(usage => usage.GetEntity()?.Path),
        ["NatsKeyUsage.GetImport"] = on => Tree(on).OfOwner(on.Operator).Select(usage => usage.GetImport()?.Subject),
        ["NatsKeyUsage.GetConnections"] = on => Tree(on).OfOwner(on.Operator).Select(usage => usage.GetConnections()?.Count),
        ["StoreFinding.GetText"] = on => StoreAuditor.Check(on.Store).Select(finding => finding.GetText()),
        ["ServerUpdate.GetEntity"] = on => new ServerUpdate(1, on.Account, on.Account.Jwt!, "changed").GetEntity(),
        ["JwtReader.Read"] = on => JwtReader.Read(on.Account.Jwt!),
        ["JwtWriter.Write"] = on => JwtWriter.Write(on.Loose, Signer(on), on.Clock) + JwtWriter.Write(on.Account.Claims, Signer(on), on.Clock),
        ["KeyStore.Find"] = on => Using(on.Store.Keys.Find(on.Account.Subject!)!, key => key.PublicKey),
        ["KeyStore.Contains"] = on => on.Store.Keys.Contains(on.Account.Subject!),
        ["KeyStore.KeptSince"] = on => on.Store.Keys.KeptSince(on.Account.Subject!),
        ["KeyStore.PublicKeys"] = on => on.Store.Keys.PublicKeys().Order(StringComparer.Ordinal),
        ["KeyStore.RequireUnlocked"] = on => Done(on.Store.Keys.RequireUnlocked),
        ["NatsKeyPair.Sign"] = on => Signed(on.Pair),
        ["NatsKeyPair.Verify"] = on => on.Pair.Verify("data"u8, Signed(on.Pair)),
        ["NatsKeyPair.ToSeed"] = on => Using(on.Pair.ToSeed(), seed => seed.Length),
        ["NatsKeyPair.CopySeed"] = on => string.Create(58, on.Pair, (text, key) => key.CopySeed(text)),
        ["NatsKeyPair.Reveal"] = on =>
        {
            string text = "";
            on.Pair.Reveal(privateForm: true, characters => text = characters.ToString());
            return text;
        },
        ["NatsKeyPair.Require"] = on => Done(() => on.Pair.Require(NatsKeyType.Account)),
        ["NatsKeyPair.Copy"] = on => Using(on.Pair.Copy(), Signed),
        ["SealedMessage.Seal"] = on => SealedMessage.Seal("data"u8, on.Curve, on.Curve.PublicKey).Length,
        ["SealedMessage.Open"] = on => SealedMessage.Open(SealedMessage.Seal("data"u8, on.Curve, on.Curve.PublicKey), on.Curve, on.Curve.PublicKey),
        ["FindingReport.Write"] = on => FindingReport.Write(StoreAuditor.Check(on.Store), ReportFormat.Sarif, clock: on.Clock),
        ["SigningRequestBuilder.IsPending"] = on => SigningRequestBuilder.IsPending(on.User),
        ["SigningRequestBuilder.Plan"] = on => Using(new SigningRequestBuilder(on.Store), builder => builder.Plan(on.User.Path)),
        ["KeyAge.IsOlder"] = on => KeyAge.IsOlder(on.Account, on.Role, TimeSpan.FromDays(1)),
        ["EntityEditor.PlanRotation"] = on => on.Editor.PlanRotation(new RotationRequest(StoreBox.A, on.Role)),
        ["AccountDeleter.RequireDeletable"] = on => Done(() => AccountDeleter.RequireDeletable(on.Operator, ServerAccount.Of(on.Account))),
        ["PublicationChecker.Check"] = on => new PublicationChecker().Check(on.Account),
        ["ServerAccount.Of"] = on => ServerAccount.Of(on.Account),
        ["ServerConfig.Make"] = on => ServerConfig.Make(new ServerConfigRequest(on.Operator, ResolverKind.Memory)),
        ["ServerConfig.OperatorText"] = on => ServerConfig.OperatorText(on.Operator),
        ["FreeSigner.Sign"] = on => new FreeSigner(on.Keys).Sign(on.Loose, SigningKeyChoice.Named(on.OperatorKey), on.Clock),
        ["KeyRing.Find"] = on => on.Keys.Find(on.Account.Subject!)?.PublicKey,
        ["KeyRing.FindSeed"] = on => Using(on.Keys.FindSeed(on.Operator.Subject!)!, Signed),
        ["KeyRing.Contains"] = on => on.Keys.Contains(on.Role),
        ["KeyRing.Describe"] = on => on.Keys.Describe(),
        ["EntityLookup.FindOperator"] = on => on.Store.FindOperator(null),
        ["EntityLookup.FindAccount"] = on => on.Store.FindAccount(null, "A"),
        ["PathSpelling.Of"] = on => PathSpelling.Of(AppContext.BaseDirectory),
        ["PathSpelling.IsSame"] = on => PathSpelling.IsSame(AppContext.BaseDirectory, Path.GetTempPath()),
        ["EntityLookup.LocateAccount"] = on => on.Store.LocateAccount(null, "A"),
        ["EntityLookup.FindAccountByKey"] = on => on.Store.FindAccountByKey("O", on.Account.Subject!),
        ["EntityLookup.AccountPaths"] = on => on.Store.AccountPaths(null),
        ["EntityLookup.FindUser"] = on => on.Store.FindUser("A/U"),
        ["EntityLookup.LocateOperator"] = on => on.Store.LocateOperator("O"),
        ["EntityLookup.LocateUser"] = on => on.Store.LocateUser("U"),
        ["EntityPath.Child"] = on => on.Account.Path.Child("X"),
        ["NatsStore.Find"] = on => on.Store.Find(StoreBox.A),
        ["NatsStore.Get"] = on => on.Store.Get(StoreBox.U),
        ["NatsStore.FindReadable"] = on => on.Store.FindReadable(StoreBox.O),
        ["NatsStore.GetShared"] = on => on.Store.GetShared(StoreBox.U),
        ["NatsStore.Names"] = on => on.Store.Names(StoreBox.A),
        ["NatsStore.Children"] = on => on.Store.Children(on.Account),
        ["PermissionEvaluator.Publish"] = on => PermissionEvaluator.Publish(on.Account.Claims.DefaultPermissions, "p.x"),
        ["PermissionEvaluator.Subscribe"] = on => PermissionEvaluator.Subscribe(on.User.Permissions, "s", null),
        ["PermissionEvaluator.Publishable"] = on => PermissionEvaluator.Publishable(on.User.Permissions).ToString(),
        ["PermissionEvaluator.Receivable"] = on => PermissionEvaluator.Receivable(on.User.Permissions).ToString(),
        ["PermissionEvaluator.SubscriptionFor"] = on => PermissionEvaluator.SubscriptionFor(on.User.Permissions, "s"),
        ["CredentialRefusals.Of"] = on => new CredentialRefusals().Of(on.User),
        ["StoreTrust.ServersOf"] = on => StoreTrust.ServersOf(on.User).ToString(),
        ["VersionVerdict.Of"] = on =>
            VersionVerdict.Of(StoreTrust.ServersOf(on.User), server =>
                PermissionEvaluator.Publish(on.User.Permissions, "a", server), mustAllAllow: true),
        ["ServerFit.Refusals"] = on => ServerFit.Refusals(on.Account.Claims, [new ServerInformation("s", "S", "2.9.10")], on.Now),
        ["ServerFit.Losses"] = on => ServerFit.Losses(on.Account.Claims, [new ServerInformation("s", "S", "2.9.10")], on.Now),
        ["ServerTrust.Decide"] = on => StoreTrust.Of(on.User).Decide(new ConnectAttempt(on.User.Jwt) { Time = on.Now }).IsAllowed,
        ["StoreTrust.Of"] = on => StoreTrust.Of(on.User).Decide(new ConnectAttempt(null) { Time = on.Now }).IsAllowed,
        ["KeyDirectory.UsesOf"] = on => new KeyDirectory(on.Store).UsesOf(on.User.Subject!),
        ["KeyDirectory.IsUsed"] = on => new KeyDirectory(on.Store).IsUsed(on.Role),
        ["PendingRotations.AwaitsServers"] = on => on.Account.AwaitsServers(),
        ["SigningKeyLookup.FindOwner"] = on => on.Store.FindOwner(on.Role),
        ["SigningKeyLookup.FindListedKey"] = on => on.Store.FindListedKey("reader").PublicKey,
        ["SigningKeyLookup.KeyOf"] = on => SigningKeyLookup.KeyOf(on.Account, "reader"),
        ["RoleKeys.One"] = on => RoleKeys.One([.. on.Account.GetSigningKeys().Take(1)], "reader", RoleChoice.None).PublicKey,
        ["RoleKeys.Ambiguous"] = on => RoleKeys.Ambiguous([.. on.Account.GetSigningKeys()], "reader").Message,
        ["SigningKeyLookup.SigningKeysOf"] = on => SigningKeyLookup.SigningKeysOf(on.Operator),
        ["SigningKeyLookup.Owners"] = on => SigningKeyLookup.Owners(on.Store),
        ["UsageTree.OfKey"] = on => Tree(on).OfKey(on.Account.Subject!),
        ["UsageTree.OfOwner"] = on => Tree(on).OfOwner(on.Operator),
        ["UsageTree.OfAll"] = on => Tree(on).OfAll(),
        ["ClaimValidator.Check"] = on => ClaimValidator.Check(on.Loose, on.Now).Concat(ClaimValidator.Check(on.Account.Claims, on.Now)),
        ["JwtValidator.Check"] = on => JwtValidator.Check(on.User.Jwt!, [on.Token], on.Now),
        ["EntityValidator.Check"] = on => EntityValidator.Check(on.User, on.Now),
        ["StoreValidator.Check"] = on => StoreValidator.Check(on.Store),
        ["properties of entities"] = on => new object[] { on.Operator, on.Account, on.Importer, on.User, on.Token, on.Credential, on.Loose },
    };

    /// <summary>Methods that change something, use no object that several hold, or belong to one caller, as what is being made does.</summary>
    public static readonly IReadOnlySet<string> Others = new HashSet<string>(StringComparer.Ordinal)
    {
        "BucketAddress.*", "BucketStores.*", "StoreRevision.*",
        "BackupWriter.*", "NscWriter.*", "StoreImporter.*", "ImportItem.*", "SigningRequestCompleter.*", "SigningRequestImporter.*",
        "NatsSigningRequest.*", "RequestedSignature.*", "AccountReceiver.*", "CachedKeySource.*",
        "ClaimList`1.AddRange", "ClaimList`1.RemoveAll", "ClaimTable`1.Add", "ClaimTable`1.Remove", "ClaimTable`1.Clear",
        "CredentialFile.RequireDefaultPath", "CredentialFile.Write", "NatsCredential.Dispose", "NatsKeyPair.Dispose", "KeyRing.Dispose",
        "BusyFile.CancelledBy", "EntityEditor.Dispose",
        "EntityEditor.Change", "EntityEditor.CreateAccount", "EntityEditor.CreateOperator", "EntityEditor.CreateOperatorWithSystemAccount",
        "EntityEditor.CreateUser", "EntityEditor.Remove", "EntityEditor.Rename", "EntityEditor.AddSigningKey", "EntityEditor.SetSigningKey",
        "EntityEditor.RemoveSigningKey", "EntityEditor.SignEdited", "EntityEditor.Rotate", "EntityEditor.UpdateOperatorKey",
        "EntityEditor.ConfirmRotations",
        "AccountEditing.AddExport", "AccountEditing.AddImport", "AccountEditing.Complete", "AccountEditing.JetStreamLimitsFor",
        "AccountEditing.RemoveJetStreamLimits", "AccountEditing.DisableJetStream", "AccountEditing.SetMapping",
        "AccountEditing.RemoveMapping", "AccountEditing.RevokeEverybody", "AccountEditing.RemoveRevocation",
        "AccountEditing.CompactRevocations", "AccountEditing.Revoke",
        "EntityEditing.*", "EntityRemovalResult.*", "KeyRotationResult.*", "PendingSignature.*", "SigningKeyRemovalResult.*",
        "KeyStore.Add", "KeyStore.Protect", "KeyStore.Unlock", "KeyStore.Lock", "KeyStore.Seal", "KeyStore.Unseal", "KeyStore.Unprotect",
        "SigningRequestBuilder.IsSignedHere", "SigningRequestBuilder.Add", "SigningRequestBuilder.PassOver", "SigningRequestBuilder.Write",
        "SigningRequestBuilder.Dispose",
        "KeySourceList.*", "NatsStore.Flush", "NatsStore.TakeNotices", "Revocations.Revoke", "Revocations.Compact",

        // Servers.
        "AccountComparer.*", "AccountComparison.GetServerToken", "AccountDeleter.DeleteAsync", "AccountPublisher.*", "ConnectionTester.*",
        "ConnectionTestResult.GetPermissions", "ClientProof.GetRemaining",
        "ServerConfig.Write", "SystemAccountClient.*",
        "SystemSignIn.*", "SystemUser.*", "TokenDownload.*",

        // Texts, files and new objects alone.
        "StoreRules.*", "Spelling.*", "PathSpelling.*", "ServerVersion.*", "ServerVersions.*", "ContextFolder.*", "CredentialFormat.Read",
        "ClientContext.RequireCertificates",
        "MessageFile.*", "SecretFile.*", "TokenFinder.*", "SeedFile.*", "ISigner.*", "KeyFile.*",
        "ClaimDifference.Describe", "ClaimDifference.DescribeLines", "NatsKeyPair.Generate", "NatsKeyPair.FromRawSeed", "NatsKeyPair.FromSeed",
        "NatsKeyPair.FromPublicKey", "NatsKeyPair.IsSeed", "TokenLimits.*", "PublicNkey.*", "SecretShape.*", "VanitySearch.*", "LimitParser.*",
        "ExternalSigner.*", "KeyRootSource.*", "KeySource.*", "SeedSource.*", "SignatureParser.*", "SignerKeySource.*", "SignFunction.*",
        "SigningKeyChoice.*", "SigningProgram.*",
        "EntityName.*", "TextSanitizer.*", "NatsStore.InMemory", "StoreRoots.*", "RootPassphrase.*", "TimeParser.*", "Revocations.UpTo",
        "Revocations.UpToForAll",
    };

    /// <summary>The names of all methods that programs can call, and of those of the types above, which the cmdlets use.</summary>
    public static IEnumerable<string> Methods() =>
        from type in (Type[])[.. typeof(NatsKeyPair).Assembly.GetTypes(), .. typeof(NatsStore).Assembly.GetTypes()]
        where type.IsVisible || (!type.IsNested && Named.Contains(type.Name))
        where !type.IsEnum
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName && method.GetBaseDefinition()
            .DeclaringType != typeof(object) && method.Name is not ("Equals" or "Deconstruct" or "<Clone>$")
        select $"{type.Name}.{method.Name}";

    private static HashSet<string> Named { get; } = [.. All.Keys.Concat(Others).Select(name => name.Split('.')[0])];

    private static ISigner Signer(SharedObjects on) => on.Keys.Find(on.OperatorKey)!;

    private static ActivationRequest Activation(SharedObjects on) => new("a.private", on.Importer.Subject!);

    private static UsageTree Tree(SharedObjects on) => new(on.Store, error => throw error);

    private static byte[] Signed(NatsKeyPair key)
    {
        var signature = new byte[ISigner.SignatureLength];
        key.Sign("data"u8, signature);
        return signature;
    }

    private static string Done(Action read)
    {
        read();
        return "done";
    }

    private static TResult Using<T, TResult>(T value, Func<T, TResult> read)
        where T : IDisposable
    {
        using (value)
        {
            return read(value);
        }
    }
}
