using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Errors;
using NatsKeys.Keys;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>The base class of every cmdlet. A bad item is an error that names the item, and the rest of the pipeline continues.</summary>
public abstract class NatsCmdlet : PSCmdlet, IDisposable
{
    // Information with this tag is displayed by the host, as that of Write-Host is.
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

    /// <summary>
    /// Records which parameters were typed, and so do not come from the pipeline. A typed text that cannot be read is one error, not one for each
    /// item.
    /// </summary>
    protected override void BeginProcessing()
    {
        Typed = [.. MyInvocation.BoundParameters.Where(parameter => parameter.Value is not ScriptBlock).Select(parameter => parameter.Key)];
        foreach (IReadLater value in MyInvocation.BoundParameters.Values.OfType<IReadLater>())
        {
            Require(value.Check, target: null);
        }
    }

    /// <summary>Runs a check of what applies to all items. Its error ends the pipeline.</summary>
    private protected void Require(Action check, object? target)
    {
        try
        {
            check();
        }
        catch (NatsKeysException error)
        {
            ThrowTerminatingError(ErrorCatalog.ToRecord(error, target));
        }
    }

    /// <summary>Processes one item of the pipeline.</summary>
    protected sealed override void ProcessRecord()
    {
        Progress.Next(CurrentItem);
        ReadStop.Set(Stopped);
        Group.BeginRecord();
        Try(ProcessOwnItem, CurrentItem);
        Group.EndRecord();
        Messages.WriteReasons();
    }

    /// <summary>Refuses the lines of a file with credentials in place of names that come from the pipeline.</summary>
    private void RequireNames()
    {
        if (!MyInvocation.ExpectingInput)
        {
            return;
        }

        foreach ((string parameter, object? value) in MyInvocation.BoundParameters)
        {
            if (value is Array or IArgument or RowArgument && !Typed.Contains(parameter))
            {
                foreach (object? item in value is Array several ? several : new[] { value })
                {
                    if (NameIn(parameter, item) is { } name)
                    {
                        FileLineException.CheckName(name);
                    }
                }
            }
        }
    }

    private static string? NameIn(string parameter, object? item) => item switch
    {
        IEntityArgument named => named.Text,
        AvailableKeyArgument key => key.Text,
        ListedKeyArgument key => key.ToString(),
        RowArgument row => row.Text,
        string text when parameter is "Name" => text,
        _ => null,
    };

    /// <summary>
    /// Does the work that needs all items of the pipeline, waits until the disk has all written files, and completes the progress display.
    /// </summary>
    protected sealed override void EndProcessing()
    {
        ReadStop.Set(Stopped);
        Try(ProcessAll, target: null);
        Group.Flush();
        Messages.WriteReasons();
        Stores.Flush();
        Progress.End();
    }

    /// <summary>Cancels long work, so that nothing stays half-done.</summary>
    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Releases the resources of the cmdlet.</summary>
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

    /// <summary>Canceled when the pipeline is stopped.</summary>
    internal CancellationToken Stopped => stop.Token;

    /// <summary>The parameters that were typed with a value. Script blocks, which the engine evaluates for each item, do not count.</summary>
    internal IReadOnlyCollection<string> Typed { get; private set; } = [];

    /// <summary>Whether the user was asked to confirm a change.</summary>
    internal bool WasAsked { get; set; }

    /// <summary>Reports the errors of the items.</summary>
    internal ItemErrors Errors { get; }

    /// <summary>The progress display.</summary>
    internal PipelineProgress Progress { get; }

    /// <summary>The paths of the files that the cmdlet reads and writes.</summary>
    internal PipelinePaths Paths { get; }

    /// <summary>The stores that the cmdlet opens.</summary>
    internal OpenedStores Stores { get; }

    /// <summary>The store that the parameters name; null for the default one.</summary>
    internal virtual StoreArgument? NamedStore => null;

    /// <summary>
    /// Whether the cmdlet only reads. A missing store is an error then; other cmdlets create the store with the first entity, or report the missing
    /// entity.
    /// </summary>
    internal virtual bool Reads =>
        MyInvocation.MyCommand is CmdletInfo { Verb: VerbsCommon.Get
            or VerbsDiagnostic.Test
            or VerbsData.ConvertTo
            or VerbsData.Export
            or VerbsData.Compare };

    /// <summary>The messages about the changes that the cmdlet makes.</summary>
    internal ChangeMessages Messages { get; }

    /// <summary>The changes that are written together.</summary>
    internal GroupedChanges Group { get; }

    /// <summary>The target of an error about the current item.</summary>
    private protected virtual object? CurrentItem => null;

    /// <summary>Does the work for one item. Errors of the libraries become error records.</summary>
    private protected abstract void ProcessItem();

    private void ProcessOwnItem()
    {
        RequireNames();
        Stores.RequireNamed();
        ProcessItem();
    }

    /// <summary>The name of the entity in the current row of a table, for errors; null if no row is input.</summary>
    internal virtual string? NameOfRow => null;

    /// <summary>Does the work that needs all items of the pipeline at once.</summary>
    private protected virtual void ProcessAll()
    {
    }

    /// <summary>Registers an object that is disposed with the cmdlet, in reverse order of registration.</summary>
    private protected T Own<T>(T part)
        where T : IDisposable
    {
        owned.Push(part);
        return part;
    }

    /// <summary>Runs an action. An error of the libraries becomes an error record about the target.</summary>
    private protected void Try(Action action, object? target) => Errors.Try(action, target);

    /// <summary>Writes an error about a file that is none of the items, and continues.</summary>
    private protected void WriteFault(NatsKeysException fault) => Errors.Write(fault, fault.Path);

    /// <summary>Runs an action for each item of one parameter. An error names its item, and the other items are still processed.</summary>
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

    // Messages contain text that a user typed or that stands in a file. It may be a misplaced seed, or contain control characters.

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string)"/>
    internal new bool ShouldProcess(string target, string action) => UnattendedHost.Confirms(
        this, () => base.ShouldProcess(SecretShape.Redact(target), SecretShape.Redact(action)), $"{action} ({target})");

    /// <summary>Whether a change is to be made, with its description for <c>-WhatIf</c> and for the question.</summary>
    internal bool ShouldDo(string description) => UnattendedHost.Confirms(
        this, () => base.ShouldProcess(SecretShape.Redact(description), verboseWarning: null, caption: null), description);

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string, string, out ShouldProcessReason)"/>
    internal new bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption, out ShouldProcessReason reason)
    {
        ShouldProcessReason found = ShouldProcessReason.None;
        bool isWanted = UnattendedHost.Confirms(
            this, () => base.ShouldProcess(verboseDescription, verboseWarning, caption, out found), verboseDescription ?? "");
        reason = found;
        return isWanted;
    }

    /// <inheritdoc cref="Cmdlet.WriteVerbose(string)"/>
    internal new void WriteVerbose(string text) => base.WriteVerbose(SecretShape.Redact(text));

    /// <summary>
    /// Reports what was done in addition to the request. Unlike a warning, it is information: it is displayed by default, and <c>-InformationAction
    /// Ignore</c> hides it.
    /// </summary>
    internal void WriteNotice(string text) => WriteInformation(new HostInformationMessage { Message = SecretShape.Redact(text) }, [HostTag]);

    // The results of earlier changes are written first: a warning or an error may end the pipeline.

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
