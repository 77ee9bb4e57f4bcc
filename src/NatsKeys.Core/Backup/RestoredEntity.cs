using NatsKeys.Entities;
using NatsKeys.Nsc;
using NatsKeys.Store;

namespace NatsKeys.Backup;

/// <summary>An entity that is to be restored, with its file as it was.</summary>
internal sealed class RestoredEntity(NatsStore store, string file, EntityPath path, byte[] text, bool overwrite) : ImportItem(store, file)
{
    /// <summary>
    /// Why neither this entity can be restored nor anything below it: somebody else has its place, or the store cannot keep it. Null where that is not
    /// so, although the store may have another state of the same entity.
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

    public override bool IsNeeded()
    {
        byte[] wanted = Wanted();
        if (Store.LoadText(path) is not { } kept)
        {
            return true;
        }

        if (kept.Path != path)
        {
            throw SourceFault.Of(ErrorCode.EntityExists, File, $"The names of the {path} and of the {kept.Path} in the store {Store.Location} differ in case alone");
        }

        if (kept.Text.AsSpan().SequenceEqual(wanted))
        {
            return false;
        }

        return overwrite
            ? true
            : throw SourceFault.Of(ErrorCode.EntityExists, File, $"The store {Store.Location} has another {path}, which is overwritten only when that is asked for");
    }

    public override NatsEntity? Import()
    {
        using StoreChange turn = Store.BeginChange();
        if (path.Parent is { } parent && Store.LoadText(parent) is null)
        {
            throw SourceFault.Of(ErrorCode.EntityNotFound, File, $"The {parent} above the {path} is not in the store {Store.Location}");
        }

        if (IsNeeded())
        {
            turn.SaveText(path, text);
            turn.Commit();
        }

        // What a person broke by hand is restored as it was, and is no entity.
        return Store.FindReadable(path);
    }

    public override string ToString() => path.ToString();

    private bool IsOnlyChanged() =>
        Store.LoadText(path) is { } kept && kept.Path == path && SubjectOf(kept.Text) is { } subject && subject == SubjectOf(text);

    private byte[] Wanted()
    {
        try
        {
            return Store.TextAsKept(path, text);
        }
        catch (NatsKeysException error)
        {
            throw SourceFault.Of(error.Code, File, $"The {path} in it cannot be kept in the store {Store.Location}: {error.Message.TrimEnd('.')}");
        }
    }

    private string? SubjectOf(byte[] file)
    {
        try
        {
            return EntityFile.Read(file, path.Kind).Wanted.Subject;
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }
}
