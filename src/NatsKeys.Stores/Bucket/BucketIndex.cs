using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// An index of the names and revisions of all entities in a bucket, which a watch keeps current. It does not contain contents: a store of 100,000
/// users needs about 10 MB. It is created after many reads. It has a connection of its own until it ends, because it takes seconds to deliver the names
/// of a large bucket, and no answer may wait for that. If the connection is lost, it continues where it was, as long as the bucket is the same.
/// </summary>
/// <param name="link">The connection for everything else.</param>
/// <param name="reader">Reads entries by key.</param>
internal sealed class BucketIndex(BucketLink link, BucketReader reader) : IDisposable
{
    private static readonly TimeSpan BeginPatience = TimeSpan.FromSeconds(5);

    // If its server is killed, a consumer stops delivering. It is replaced before the client library would notice.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly Lock changing = new();
    private readonly CancellationTokenSource end = new();

    // The entities directly below an owner, by the owner's key.
    private readonly Dictionary<string, Folder> folders = [];
    private readonly List<(ulong Sequence, TaskCompletionSource Reached)> waiting = [];

    private (ulong Revision, DateTimeOffset Time) applied;
    private Task? following;

    /// <summary>Whether it is complete and kept current.</summary>
    public bool IsLive => IsComplete && following is { IsCompleted: false };

    /// <summary>Whether the delivery has been started.</summary>
    public bool IsBegun => following is not null;

    /// <summary>The latest revision in the index.</summary>
    public ulong Applied
    {
        get
        {
            lock (changing)
            {
                return applied.Revision;
            }
        }
    }

    /// <summary>The latest revision of all entities when the read started.</summary>
    public ulong Start { get; private set; }

    private bool IsComplete { get; set; }

    /// <summary>Reads all existing entries, and starts to follow new ones.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ServerUnreachable"/>: they could not be read completely.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        ulong last = (await reader.GetAsync(BucketKey.All, cancellation).ConfigureAwait(false))?.Revision ?? 0;
        Start = last;
        BucketLink own = await ConnectAsync(cancellation).ConfigureAwait(false);
        try
        {
            BucketDelivery first = await BucketDelivery.StartAsync(
                own, BucketKey.All, from: null, headersOnly: true, cancellation).ConfigureAwait(false);
            following = Task.Run(() => FollowAsync(own, first), CancellationToken.None);
        }
        finally
        {
            if (!IsBegun)
            {
                await ReleaseAsync(own).ConfigureAwait(false);
            }
        }

        await ReachAsync(last, BeginPatience, cancellation).ConfigureAwait(false);
        IsComplete = Applied >= last;
        if (!IsComplete)
        {
            throw link.Faults.IndexIncomplete();
        }
    }

    /// <summary>Returns the names below a path, sorted.</summary>
    /// <param name="parent">The path; null for operators.</param>
    public string[] Names(EntityPath? parent)
    {
        lock (changing)
        {
            return folders.TryGetValue(FolderOf(parent), out Folder? folder)
                ? [.. folder.Below.Values.Where(one => !one.IsDeleted).Select(one => one.Name).Order(StringComparer.OrdinalIgnoreCase)]
                : [];
        }
    }

    /// <summary>Returns the state of a path; null if it never existed.</summary>
    public (EntityPath Path, ulong Revision, bool IsDeleted)? Find(EntityPath path)
    {
        lock (changing)
        {
            return folders.TryGetValue(FolderOf(path.Parent), out Folder? folder) && folder.Below.TryGetValue(path.Name, out var found)
                ? (folder.Place?.Child(found.Name) ?? new EntityPath(found.Name), found.Revision, found.IsDeleted)
                : null;
        }
    }

    /// <summary>Returns the existing entities below a path, at any depth.</summary>
    public (EntityPath Path, ulong Revision)[] LiveBelow(EntityPath place)
    {
        string own = BucketKey.Of(place);
        lock (changing)
        {
            return
            [
                .. folders.Where(one => one.Key == own || one.Key.StartsWith(own + ".", StringComparison.Ordinal)).SelectMany(
                    one => one.Value.Below.Values.Where(below => !below.IsDeleted).Select(
                        below => (one.Value.Place!.Child(below.Name), below.Revision))),
            ];
        }
    }

    /// <summary>Waits until a revision is in the index. Gives up when no more entries arrive.</summary>
    public Task ReachAsync(ulong sequence) => ReachAsync(sequence, Patience, ReadStop.Token);

    private async Task ReachAsync(ulong sequence, TimeSpan patience, CancellationToken cancellation)
    {
        TaskCompletionSource reached;
        lock (changing)
        {
            if (applied.Revision >= sequence)
            {
                return;
            }

            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((sequence, reached));
        }

        // A large bucket may take longer than the timeout, so the timeout restarts whenever an entry arrives.
        for (ulong? before = null; !reached.Task.IsCompleted && !following!.IsCompleted && Applied is var now && now != before; before = now)
        {
            await Task.WhenAny(reached.Task, following, Task.Delay(patience, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => end.Cancel();

    private static string FolderOf(EntityPath? parent) => parent is null ? "" : BucketKey.Of(parent);

    /// <summary>Opens the index's own connection. Servers may allow the user or the account no other one: then the index shares the first.</summary>
    private async Task<BucketLink> ConnectAsync(CancellationToken cancellation)
    {
        BucketLink own = link.Beside();
        try
        {
            await own.ConnectAsync(cancellation).ConfigureAwait(false);
            return own;
        }
        catch (NatsKeysException)
        {
            await own.DisposeAsync().ConfigureAwait(false);
            return link;
        }
        catch
        {
            await own.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private ValueTask ReleaseAsync(BucketLink used) => ReferenceEquals(used, link) ? ValueTask.CompletedTask : used.DisposeAsync();

    private async Task FollowAsync(BucketLink own, BucketDelivery first)
    {
        try
        {
            await FollowDeliveriesAsync(own, first).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(own).ConfigureAwait(false);
        }
    }

    private async Task FollowDeliveriesAsync(BucketLink own, BucketDelivery delivery)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            bool isSame = isFirst;
            await using (delivery.ConfigureAwait(false))
            {
                await foreach (BucketEntry entry in delivery.ReadAsync(end.Token).ConfigureAwait(false))
                {
                    // If the bucket was deleted and created again, this revision is another entry, and the index cannot be continued.
                    isSame = isSame || (entry.Revision, entry.Time) == applied;
                    if (!isSame)
                    {
                        return;
                    }

                    Apply(entry);
                }
            }

            if (!isSame || applied.Revision == 0 || end.IsCancellationRequested)
            {
                return;
            }

            delivery = await BucketDelivery.StartAsync(own, BucketKey.All, applied.Revision, headersOnly: true, end.Token).ConfigureAwait(false);
        }
    }

    private void Apply(BucketEntry entry)
    {
        lock (changing)
        {
            if (entry.Path is { } path)
            {
                EntityPath? parent = path.Parent;
                string key = FolderOf(parent);
                if (!folders.TryGetValue(key, out Folder? folder))
                {
                    folders[key] = folder = new Folder();
                }

                // The latest entry determines the spelling, if it states one.
                folder.Place = entry.IsSpelled || folder.Place is null ? parent : folder.Place;
                folder.Below.Remove(path.Name);
                folder.Below[path.Name] = (path.Name, entry.Revision, entry.IsDeleted);
            }

            applied = (entry.Revision, entry.Time);
            foreach ((ulong sequence, TaskCompletionSource reached) in waiting)
            {
                if (sequence <= applied.Revision)
                {
                    reached.TrySetResult();
                }
            }

            waiting.RemoveAll(one => one.Sequence <= applied.Revision);
        }
    }

    /// <summary>The entities directly below an owner. Deleted ones are included, because they have a revision, too.</summary>
    private sealed class Folder
    {
        public EntityPath? Place { get; set; }

        public Dictionary<string, (string Name, ulong Revision, bool IsDeleted)> Below { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
