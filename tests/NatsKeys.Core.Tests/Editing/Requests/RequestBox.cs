using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

/// <summary>Two machines: at home is the store, in the safe are keys; a file goes from one to the other.</summary>
internal sealed class RequestBox : IDisposable
{
    public RequestBox(StorePlace place = StorePlace.Disk)
    {
        Home = new StoreBox(place);
        Safe = new StoreBox(StorePlace.Disk);
        File = Safe.At("request.yaml");
    }

    public StoreBox Home { get; }

    public StoreBox Safe { get; }

    public string File { get; }

    /// <summary>Operator, account and user at home, and the operator's key in the safe.</summary>
    /// <param name="place">Where the store at home is.</param>
    /// <param name="prepare">What is done while the operator's key is at home.</param>
    public static RequestBox Usual(StorePlace place = StorePlace.Disk, Action<StoreBox>? prepare = null)
    {
        var box = new RequestBox(place);
        box.Home.With(StoreBox.U);
        prepare?.Invoke(box.Home);
        box.Lock(box.Home.Operator.Subject!);
        return box;
    }

    /// <summary>Takes a seed from home into the safe.</summary>
    public void Lock(string publicKey)
    {
        using NatsKeyPair key = Home.Store.Keys.Find(publicKey)!;
        Safe.Store.Keys.Add(key);
        Home.Store.Keys.Remove(publicKey);
    }

    /// <summary>Makes a key in the safe, and gives its public half.</summary>
    public string NewKey(NatsKeyType type)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(type);
        Safe.Store.Keys.Add(key);
        return key.PublicKey;
    }

    /// <summary>Edits an entity's file at home as a person would.</summary>
    public void Append(EntityPath path, string lines)
    {
        string file = FileOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.AppendAllText(file, lines);
    }

    /// <summary>Writes another issuer into an entity's file.</summary>
    public void Wish(EntityPath path, string issuer)
    {
        string text = System.IO.File.ReadAllText(FileOf(path));
        System.IO.File.WriteAllText(
            FileOf(path), text.Replace($"issuer: {Home.Store.Get(path).Issuer}", $"issuer: {issuer}", StringComparison.Ordinal));
    }

    public SigningPlan? Plan(EntityPath path, string? signingKey = null)
    {
        using var builder = new SigningRequestBuilder(Home.Store);
        return builder.Plan(path, signingKey);
    }

    public string FileOf(EntityPath path) => new StoreLayout(Home.Store.Location).FileOf(path);

    public NatsSigningRequest Ask(params EntityPath[] paths) => Ask(signingKey: null, expires: null, paths);

    public NatsSigningRequest Ask(string? signingKey, DateTimeOffset? expires, params EntityPath[] paths)
    {
        using var builder = new SigningRequestBuilder(Home.Store);
        foreach (EntityPath path in paths)
        {
            builder.Add(builder.Plan(path, signingKey)!);
        }

        return builder.Write(File, overwrite: true, expires);
    }

    public NatsSigningRequest Complete(SigningKeyChoice? choice = null, string? operatorKey = null)
    {
        NatsSigningRequest request = NatsSigningRequest.Read(File, Safe.Store);
        using var keys = new KeyRing(Safe.Store.Keys);
        using var completion = new SigningRequestCompleter(Safe.Store, keys, request, choice ?? SigningKeyChoice.Default, operatorKey);
        foreach (RequestedSignature signature in completion.Waiting)
        {
            completion.Check(signature);
            completion.Sign(signature);
        }

        request.Save(File, overwrite: true);
        completion.RememberOperator();
        return request;
    }

    /// <summary>What the signer is shown of each entity.</summary>
    public IReadOnlyList<string> Show(string? operatorKey = null)
    {
        using var keys = new KeyRing(Safe.Store.Keys);
        using var completion = new SigningRequestCompleter(
            Safe.Store, keys, NatsSigningRequest.Read(File, Safe.Store), SigningKeyChoice.Default, operatorKey, isRehearsal: true);
        return [.. completion.Waiting.Select(completion.Check)];
    }

    public (IReadOnlyList<NatsEntity> Entities, IReadOnlyList<NatsKeysException> Faults) Import()
    {
        var import = new SigningRequestImporter(Home.Store, File);
        var faults = new List<NatsKeysException>();
        return (import.Import(import.Signed, (_, fault) => faults.Add(fault)), faults);
    }

    /// <summary>Imports what must all be taken.</summary>
    public IReadOnlyList<NatsEntity> Return()
    {
        (IReadOnlyList<NatsEntity> entities, IReadOnlyList<NatsKeysException> faults) = Import();
        Assert.Empty(faults.Select(fault => fault.Message));
        return entities;
    }

    /// <summary>Changes the text of the file, and makes its digest the right one again: what somebody would do who knows how.</summary>
    public void Forge(Func<string, string> change)
    {
        string text = change(RequestFile.TextOf(System.IO.File.ReadAllText(File)));
        System.IO.File.WriteAllText(File, $"{text}digest: {RequestFile.DigestOf(text)}\n");
    }

    public void Dispose()
    {
        Home.Dispose();
        Safe.Dispose();
    }
}
