using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Writes past every check of the editor.</summary>
internal static class StoreWriting
{
    public static void Save(this NatsStore store, EntityPath path, EntityDocument document)
    {
        using StoreTransaction change = store.BeginChange();
        change.Save(path, document);
        change.Commit();
    }

    public static void Delete(this NatsStore store, EntityPath path)
    {
        using StoreTransaction change = store.BeginChange();
        change.Delete(path, includeCredentials: false);
        change.Commit();
    }
}
