using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>An entity that is to be restored, with its file as it was.</summary>
internal sealed class RestoredEntity(
    NatsStore store, string file, EntityPath path, byte[] text, bool overwrite) : EntityItem(store, file, path, overwrite)
{
    /// <summary>
    /// Why neither this entity can be restored nor anything below it: somebody else has its place, or the store cannot keep it. Null where that is
    /// not so, although the store may have another state of the same entity.
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

    // What a person broke by hand is restored as it was, and is no entity.
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
            throw SourceFault.Of(error.Code, File, $"The {Path} in it cannot be kept in the store {Store.Location}: {error.Message.TrimEnd('.')}");
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
