using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Keys;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>The shape of every cmdlet: a bad item is an error that names it, and the rest of the pipeline goes on.</summary>
public abstract class NatsCmdlet : PSCmdlet, IDisposable
{
    // With it the host shows information, as Write-Host does.
    private const string HostTag = "PSHOST";

    private readonly CancellationTokenSource stop = new();
    private readonly Stack<IDisposable> owned = [];

    private protected NatsCmdlet()
    {
        Errors = new ItemErrors(this);
        Progress = new PipelineProgress(this);
        Paths = new PipelinePaths(this);
        Stores = new OpenedStores(this);
        Messages = new ChangeMessages(this);
        Group = Own(new GroupedChanges(this));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Notes what was typed, and so does not come from the pipeline.</summary>
    protected override void BeginProcessing() =>
        Typed = [.. MyInvocation.BoundParameters.Where(parameter => parameter.Value is not ScriptBlock).Select(parameter => parameter.Key)];

    /// <summary>Processes one item of the pipeline.</summary>
    protected sealed override void ProcessRecord()
    {
        Progress.Next(CurrentItem);
        ReadStop.Set(Stopped);
        Group.BeginRecord();
        Try(ProcessItem, CurrentItem);
        Group.EndRecord();
        Messages.WriteReasons();
    }

    /// <summary>Does what needs all items of the pipeline, waits until the disk has what was made, and ends what it showed.</summary>
    protected sealed override void EndProcessing()
    {
        ReadStop.Set(Stopped);
        Try(ProcessAll, target: null);
        Group.Flush();
        Messages.WriteReasons();
        Stores.Flush();
        Progress.End();
    }

    /// <summary>Ends work that takes long, with nothing half-done.</summary>
    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Lets go what the cmdlet holds.</summary>
    /// <param name="disposing">Whether the cmdlet is disposed, rather than finalized.</param>
    protected virtual void Dispose(bool disposing)
    {
        Stores.Dispose();
        while (owned.TryPop(out IDisposable? part))
        {
            part.Dispose();
        }

        ReadStop.Set(CancellationToken.None);
        stop.Dispose();
    }

    /// <summary>Says that the pipeline was stopped.</summary>
    internal CancellationToken Stopped => stop.Token;

    /// <summary>The parameters that were typed with a value. Script blocks in their place are asked for each item.</summary>
    internal IReadOnlyCollection<string> Typed { get; private set; } = [];

    /// <summary>The errors of its items.</summary>
    internal ItemErrors Errors { get; }

    /// <summary>How far it is.</summary>
    internal PipelineProgress Progress { get; }

    /// <summary>The files that it reads and writes.</summary>
    internal PipelinePaths Paths { get; }

    /// <summary>The stores that it opens.</summary>
    internal OpenedStores Stores { get; }

    /// <summary>The store that the parameters name; null for the default one.</summary>
    internal virtual StoreArgument? NamedStore => null;

    /// <summary>Whether the cmdlet only reads. The others create the store with the first entity, or report the missing entity.</summary>
    internal virtual bool Reads =>
        MyInvocation.MyCommand is CmdletInfo { Verb: VerbsCommon.Get
            or VerbsDiagnostic.Test
            or VerbsData.ConvertTo
            or VerbsData.Export
            or VerbsData.Compare };

    /// <summary>What it says about the changes that it makes.</summary>
    internal ChangeMessages Messages { get; }

    /// <summary>The changes that it writes together.</summary>
    internal GroupedChanges Group { get; }

    /// <summary>What an error of the current item is about.</summary>
    private protected virtual object? CurrentItem => null;

    /// <summary>Does the work for one item. Errors of the libraries become error records.</summary>
    private protected abstract void ProcessItem();

    /// <summary>The name of the entity in the current row of a table, for errors; null where no row is input.</summary>
    internal virtual string? NameOfRow => null;

    /// <summary>Does the work that needs all items of the pipeline at once.</summary>
    private protected virtual void ProcessAll()
    {
    }

    /// <summary>Disposes something with the cmdlet, before what it owned earlier.</summary>
    private protected T Own<T>(T part)
        where T : IDisposable
    {
        owned.Push(part);
        return part;
    }

    /// <summary>Does something; an error of the libraries becomes an error record about the target.</summary>
    private protected void Try(Action action, object? target) => Errors.Try(action, target);

    /// <summary>Writes an error about a file that was read beside the items, and goes on.</summary>
    private protected void WriteFault(NatsKeysException fault) => Errors.Write(fault, fault.Path);

    /// <summary>Does something for each of several items that one parameter has; an error of one is about it, and the rest goes on.</summary>
    private protected void Each<T>(IReadOnlyList<T> items, Action<T> action)
    {
        foreach (T item in items.TakeWhile(_ => !Stopping))
        {
            if (items.Count > 1)
            {
                Progress.Next(item);
            }

            Try(() => action(item), item);
        }
    }

    // Messages contain text that a user typed or wrote. It may be a seed in the wrong place, or contain control characters.

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string)"/>
    internal new bool ShouldProcess(string target, string action) => base.ShouldProcess(SecretShape.Redact(target), SecretShape.Redact(action));

    /// <inheritdoc cref="Cmdlet.WriteVerbose(string)"/>
    internal new void WriteVerbose(string text) => base.WriteVerbose(SecretShape.Redact(text));

    /// <summary>
    /// Says what was done besides what was asked for. It is no warning: everybody sees it, and <c>-InformationAction Ignore</c> hides it.
    /// </summary>
    internal void WriteNotice(string text) => WriteInformation(new HostInformationMessage { Message = SecretShape.Redact(text) }, [HostTag]);

    // What was done before comes out before whatever is said next: a warning or an error may end the pipeline.

    /// <inheritdoc cref="Cmdlet.WriteWarning(string)"/>
    internal new void WriteWarning(string text)
    {
        Group.Flush();
        base.WriteWarning(SecretShape.Redact(text));
    }

    /// <inheritdoc cref="Cmdlet.WriteError(ErrorRecord)"/>
    internal new void WriteError(ErrorRecord error)
    {
        Group.Flush();
        base.WriteError(error);
    }

    /// <inheritdoc cref="Cmdlet.ThrowTerminatingError(ErrorRecord)"/>
    internal new void ThrowTerminatingError(ErrorRecord error)
    {
        Group.Flush();
        base.ThrowTerminatingError(error);
    }

    /// <inheritdoc cref="Cmdlet.WriteObject(object)"/>
    internal new void WriteObject(object? output)
    {
        Group.Flush();
        base.WriteObject(output);
    }
}
