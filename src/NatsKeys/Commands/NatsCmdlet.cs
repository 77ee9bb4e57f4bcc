using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Errors;
using NatsKeys.Files;
using NatsKeys.Formatting;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of every cmdlet: a bad item is an error that names it, and the rest of the pipeline goes on.</summary>
public abstract class NatsCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<StoreArgument, NatsStore> opened = [];
    private readonly HashSet<NatsStore> written = [];
    private readonly HashSet<string> exposed = new(StringComparer.Ordinal);
    private NatsStore? byDefault;
    private readonly HashSet<string> outputs = new(StringComparer.OrdinalIgnoreCase);
    private PipelineProgress? progress;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Processes one item of the pipeline.</summary>
    protected sealed override void ProcessRecord()
    {
        ShowProgress(CurrentItem);
        Try(ProcessItem, CurrentItem);
    }

    /// <summary>Does what needs all items of the pipeline, waits until the disk has what was made, and ends what it showed.</summary>
    protected sealed override void EndProcessing()
    {
        Try(ProcessAll, target: null);
        foreach (NatsStore store in written)
        {
            Try(store.Flush, store.Location);
            WriteNotices(store);
        }

        written.Clear();
        progress?.End();
    }

    /// <summary>Ends work that takes long, with nothing half-done.</summary>
    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Lets go what the cmdlet holds.</summary>
    /// <param name="disposing">Whether the cmdlet is disposed, rather than finalized.</param>
    protected virtual void Dispose(bool disposing)
    {
        // A pipeline that somebody ended early has no end, and the disk shall have what came out of it.
        foreach (NatsStore store in written)
        {
            try
            {
                store.Flush();
            }
            catch (NatsKeysException)
            {
                // Nobody is there any more to be told.
            }
        }

        written.Clear();
        stop.Dispose();
    }

    /// <summary>Says that the pipeline was stopped.</summary>
    private protected CancellationToken Stopped => stop.Token;

    /// <summary>What an error of the current item is about.</summary>
    private protected virtual object? CurrentItem => null;

    /// <summary>Does the work for one item. Errors of the core become error records.</summary>
    private protected abstract void ProcessItem();

    /// <summary>Does the work that needs all items of the pipeline at once.</summary>
    private protected virtual void ProcessAll()
    {
    }

    /// <summary>Counts an item, and shows how far the work is once it takes long.</summary>
    private protected void ShowProgress(object? item) => (progress ??= new PipelineProgress(this, MyInvocation.MyCommand.Name)).Next(Shown(item));

    // What somebody typed or wrote stands in all that is said. It may be a seed in the wrong place, and may speak to the terminal.

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string)"/>
    private protected new bool ShouldProcess(string target, string action) => base.ShouldProcess(SecretShape.Say(target), SecretShape.Say(action));

    /// <inheritdoc cref="Cmdlet.WriteVerbose(string)"/>
    private protected new void WriteVerbose(string text) => base.WriteVerbose(SecretShape.Say(text));

    /// <inheritdoc cref="Cmdlet.WriteWarning(string)"/>
    private protected new void WriteWarning(string text) => base.WriteWarning(SecretShape.Say(text));

    private static object? Shown(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        string text => SecretShape.Say(text),
        string[] texts => Array.ConvertAll(texts, SecretShape.Say),
        IArgument argument => Shown(argument.Given),
        IEnumerable<IArgument> arguments => arguments.Select(argument => Shown(argument.Given)).ToArray(),

        // A row of a table shows its columns.
        _ => item?.ToString() is { } text && SecretShape.HasSeed(text) ? SecretShape.Say(text) : item,
    };

    /// <summary>Does something; an error of the core becomes an error record about the target.</summary>
    private protected void Try(Action action, object? target)
    {
        using IDisposable waiting = BusyFile.CancelledBy(stop.Token);
        try
        {
            action();
        }
        catch (NatsKeysException error)
        {
            WriteFault(error, target);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            // The engine's own words about a path or a wildcard are as much about this item alone.
            WriteError(SaidOf(error));
        }
    }

    /// <summary>Writes an error of the core as an error record about the target.</summary>
    private protected void WriteFault(NatsKeysException error, object? target)
    {
        ErrorRecord record = ErrorCatalog.ToRecord(error, Shown(target));
        if (IsAskedKey(error))
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    /// <summary>The engine repeats what it was given as it is.</summary>
    private static ErrorRecord SaidOf(RuntimeException error) => SecretShape.Say(error.Message) is var said && said == error.Message
        ? new ErrorRecord(error.ErrorRecord, error)
        : new ErrorRecord(
            new RuntimeException(said),
            error.ErrorRecord.FullyQualifiedErrorId.Split(',')[0],
            error.ErrorRecord.CategoryInfo.Category,
            Shown(error.ErrorRecord.TargetObject));

    /// <summary>Whether the key that was asked for cannot sign: the pipeline ends, before anything is signed in its place.</summary>
    private bool IsAskedKey(NatsKeysException error) =>
        error is SigningKeyException
            && MyInvocation.BoundParameters.TryGetValue(nameof(SigningCmdlet.SigningKey), out object? asked)
            && asked is SigningKeyArgument;

    /// <summary>Says what became of changes that somebody else had not finished.</summary>
    private protected void WriteNotices(NatsStore store)
    {
        foreach (string notice in store.TakeNotices())
        {
            WriteWarning(notice);
        }
    }

    /// <summary>Opens a store, and says what there is to know about it and its keys. Each one that is named is opened once.</summary>
    private protected NatsStore OpenWithKeys(StoreArgument? argument)
    {
        if (argument is null)
        {
            return byDefault ??= Introduce(StoreRoots.OpenDefault(fullPath: FullPath));
        }

        return opened.TryGetValue(argument, out NatsStore? store) ? store : opened[argument] = Introduce(argument.Open(FullPath));
    }

    /// <summary>Says what there is to know about a store and its keys.</summary>
    private protected NatsStore Introduce(NatsStore store)
    {
        WriteNotices(store);
        foreach (string exposure in store.Keys.Exposures.Where(exposed.Add))
        {
            WriteWarning(exposure);
        }

        return store;
    }

    /// <summary>Has the pipeline end only once the disk has what is made in a store.</summary>
    private protected NatsStore FlushAtEnd(NatsStore store)
    {
        written.Add(store);
        return store;
    }

    /// <summary>The first of some places, for a message.</summary>
    private protected static string Names(IReadOnlyCollection<EntityPath> paths) =>
        string.Join(", ", paths.Take(ViewText.Most)) + (paths.Count > ViewText.Most ? $" and {paths.Count - ViewText.Most} more" : "");

    /// <summary>Gives a file or folder as the engine's own cmdlets do: its view knows the size and the owner from them.</summary>
    private protected void WriteItem(string path) =>
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>
    /// Refuses a second file of this pipeline in one place: it would take the first one away, whether or not that is asked for of files that were
    /// there.
    /// </summary>
    private protected void RequireOnce(string path, string how)
    {
        if (!outputs.Add(path))
        {
            throw new NatsKeysException(
                ErrorCode.FileExists, $"The file '{path}' was written for another item of this pipeline. {how}") { Path = path };
        }
    }

    /// <summary>The full path of a file to write; a folder gets a file of the given name.</summary>
    private protected string FileToWrite(string path, string name)
    {
        string full = FullPath(path);
        return Directory.Exists(full) || System.IO.Path.EndsInDirectorySeparator(full) ? System.IO.Path.Combine(full, name) : full;
    }

    /// <summary>The full path of a file that need not exist, relative to PowerShell's location. Wildcards have no meaning here.</summary>
    private protected string FullPath(string path)
    {
        string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        RequireFiles(path, provider);
        return full;
    }

    /// <summary>Refuses a path of variables, certificates or whatever else PowerShell has paths for.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPath"/>.</exception>
    private protected static void RequireFiles(string path, ProviderInfo provider)
    {
        if (provider.Name != "FileSystem")
        {
            throw new NatsKeysException(ErrorCode.InvalidPath, $"'{path}' is not a path of the file system.");
        }
    }
}
