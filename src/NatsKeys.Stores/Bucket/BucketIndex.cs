using System.Runtime.InteropServices;
using NATS.Client.JetStream.Models;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// The names and revisions of everything in a bucket, kept true by a watch. The contents are not in it: a store of 100,000 users needs some 20 MB.
/// It is made when names are asked for, and forgotten with the connection.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="reader">Reads by keys.</param>
/// <param name="feed">Follows what is written.</param>
internal sealed class BucketIndex(BucketLink link, BucketReader reader, BucketFeed feed) : IDisposable
{
    private static readonly TimeSpan BeginPatience = TimeSpan.FromSeconds(5);

    // A consumer whose server was killed gives nothing more. It is made anew sooner than the library notices.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly Lock changing = new();
    private readonly CancellationTokenSource end = new();

    // By the key of the place above, the entities below it by their own keys. What was deleted has a revision, too.
    private readonly Dictionary<string, Dictionary<string, (EntityPath Path, ulong Revision, bool IsDeleted)>> folders = [];
    private readonly List<(ulong Sequence, TaskCompletionSource Reached)> waiting = [];

    // Operators and accounts are in the paths of many.
    private readonly Dictionary<string, string> spellings = [];
    private ulong applied;
    private BucketFeed.Following? source;
    private Task? following;

    /// <summary>Whether it is complete and still being kept true.</summary>
    public bool IsLive => IsComplete && following is { IsCompleted: false } && source is { Link.IsLost: false };

    /// <summary>Whether something was to be delivered for it.</summary>
    public bool IsBegun => source is not null;

    /// <summary>The newest revision that is in it.</summary>
    public ulong Applied
    {
        get
        {
            lock (changing)
            {
                return applied;
            }
        }
    }

    private bool IsComplete { get; set; }

    /// <summary>Reads everything that is there, and follows what comes.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ServerUnreachable"/>: it could not be read to the end.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        ulong last = (await reader.GetAsync(BucketKey.All, cancellation).ConfigureAwait(false))?.Revision ?? 0;
        source = await feed.FollowAsync(
            BucketKey.All, ConsumerConfigDeliverPolicy.LastPerSubject, headersOnly: true, cancellation).ConfigureAwait(false);
        following = Task.Run(() => FollowAsync(source), CancellationToken.None);
        await ReachAsync(last, BeginPatience, cancellation).ConfigureAwait(false);
        IsComplete = Applied >= last;
        if (!IsComplete)
        {
            throw new NatsKeysException(
                ErrorCode.ServerUnreachable, $"The names of the entities in the bucket {link.Address} could not be read to the end.");
        }
    }

    /// <summary>The names below a place, sorted.</summary>
    /// <param name="parent">The place; null for the top.</param>
    public string[] Names(EntityPath? parent)
    {
        lock (changing)
        {
            return folders.TryGetValue(FolderOf(parent), out var below)
                ? [.. below.Values.Where(entry => !entry.IsDeleted).Select(entry => entry.Path.Name).Order(StringComparer.OrdinalIgnoreCase)]
                : [];
        }
    }

    /// <summary>What is known of a place; null where nothing ever was there.</summary>
    public (EntityPath Path, ulong Revision, bool IsDeleted)? Find(EntityPath path)
    {
        lock (changing)
        {
            return folders.TryGetValue(FolderOf(path.Parent), out var below) && below.TryGetValue(BucketKey.Of(path), out var found) ? found : null;
        }
    }

    /// <summary>Waits until what was written up to a sequence is in it, as long as something comes.</summary>
    public Task ReachAsync(ulong sequence) => ReachAsync(sequence, Patience, ReadStop.Token);

    private async Task ReachAsync(ulong sequence, TimeSpan patience, CancellationToken cancellation)
    {
        TaskCompletionSource reached;
        lock (changing)
        {
            if (applied >= sequence)
            {
                return;
            }

            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((sequence, reached));
        }

        // A large bucket may take longer than the patience, so it begins anew whenever something came.
        for (ulong? before = null; !reached.Task.IsCompleted && !following!.IsCompleted && Applied is var now && now != before; before = now)
        {
            await Task.WhenAny(reached.Task, following, Task.Delay(patience, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => end.Cancel();

    private static string FolderOf(EntityPath? parent) => parent is null ? "" : BucketKey.Of(parent);

    private async Task FollowAsync(BucketFeed.Following consumer)
    {
        await foreach (BucketEntry entry in feed.EntriesAsync(consumer, end.Token).ConfigureAwait(false))
        {
            Apply(entry);
        }
    }

    private EntityPath Short(EntityPath path) => path.User is not null ? new EntityPath(Known(path.Operator), Known(path.Account!), path.User) : path;

    private string Known(string name)
    {
        ref string? known = ref CollectionsMarshal.GetValueRefOrAddDefault(spellings, name, out _);
        return known ??= name;
    }

    private void Apply(BucketEntry entry)
    {
        lock (changing)
        {
            if (entry.Path is { } path)
            {
                string folder = FolderOf(path.Parent);
                if (!folders.TryGetValue(folder, out var below))
                {
                    folders[folder] = below = [];
                }

                if (!below.TryGetValue(entry.Key, out var known) || known.Revision <= entry.Revision)
                {
                    below[entry.Key] = (Short(path), entry.Revision, entry.IsDeleted);
                }
            }

            applied = Math.Max(applied, entry.Revision);
            foreach ((ulong sequence, TaskCompletionSource reached) in waiting)
            {
                if (sequence <= applied)
                {
                    reached.TrySetResult();
                }
            }

            waiting.RemoveAll(one => one.Sequence <= applied);
        }
    }
}
