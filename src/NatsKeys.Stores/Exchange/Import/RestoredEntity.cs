using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>An entity to restore, with its file unchanged.</summary>
internal sealed class RestoredEntity(
    NatsStore store, string file, EntityPath path, byte[] text, bool overwrite, bool isFromStore = false) : EntityItem(store, file, path, overwrite)
{
    private protected override NatsKeysException Fault(ErrorCode code, string why, Remedy? remedy = null) => isFromStore
        ? SourceFault.OfStore(code, File, Path, why, remedy)
        : base.Fault(code, why, remedy);

    /// <summary>
    /// Why neither this entity nor its children can be restored: a different entity has its path, or the store cannot hold it. Null if they can be
    /// restored, even if the store has another version of the same entity.
    /// </summary>
    public NatsKeysException? Refusal()
    {
        try
        {
            IsNeeded();
            return null;
        }
        catch (NatsKeysException error)
        {
            return error.Code == ErrorCode.EntityExists && IsOnlyChanged() ? null : error;
        }
    }

    private protected override (EntityPath Path, bool IsSame)? Kept()
    {
        byte[] wanted = Wanted();
        return Store.LoadText(Path) is { } kept ? (kept.Path, kept.Text.AsSpan().SequenceEqual(wanted)) : null;
    }

    private protected override bool Has(EntityPath parent) => Store.LoadText(parent) is not null;

    private protected override void Save(StoreTransaction edit) => edit.SaveText(Path, text);

    private protected override void WarnOfTimes()
    {
        if (Store.FindReadable(Path)?.Document.TryReadUnchecked() is { } token)
        {
            TokenTimes.Warn(Store, Path, token.Claims);
        }
    }

    // A file that was invalid in the backup is restored unchanged, and is not returned as an entity.
    private protected override NatsEntity? Entity(bool isSaved) => Store.FindReadable(Path);

    private bool IsOnlyChanged() =>
        Store.LoadText(Path) is { } kept && kept.Path == Path && SubjectOf(kept.Text) is { } subject && subject == SubjectOf(text);

    private byte[] Wanted()
    {
        try
        {
            return Store.TextAsKept(Path, text);
        }
        catch (NatsKeysException error)
        {
            throw Fault(error.Code, $"The {Path} in it cannot be kept in the store {Store.Location}: {error.Message.TrimEnd('.')}");
        }
    }

    private string? SubjectOf(byte[] file)
    {
        try
        {
            return EntityFile.Read(file, Path.Kind).Wanted.Subject;
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }
}
