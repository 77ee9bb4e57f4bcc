using System.Management.Automation;
using System.Runtime.ExceptionServices;
using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Errors;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Pipeline;

/// <summary>The errors of a cmdlet: each is about one item, and the rest of the pipeline goes on.</summary>
/// <param name="cmdlet">The cmdlet that works.</param>
internal sealed class ItemErrors(NatsCmdlet cmdlet)
{
    private readonly HashSet<string> unreadable = [];

    /// <summary>Does something; an error of the libraries becomes an error record about the target.</summary>
    public void Try(Action action, object? target)
    {
        using IDisposable waiting = BusyFile.CancelledBy(cmdlet.Stopped);
        try
        {
            action();
        }
        catch (NatsKeysException error)
        {
            Write(error, target);
        }
        catch (OperationCanceledException error) when (error.InnerException is PipelineStoppedException stop)
        {
            ExceptionDispatchInfo.Throw(stop);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            // The engine's own words about a path or a wildcard are as much about this item alone.
            cmdlet.WriteError(Masked(error));
        }
    }

    /// <summary>Does something; false when an error was written.</summary>
    public bool Tries(Action action, object? target)
    {
        bool isDone = false;
        Try(
            () =>
            {
                action();
                isDone = true;
            },
            target);
        return isDone;
    }

    /// <summary>Writes an error of the libraries as an error record about the target.</summary>
    public void Write(NatsKeysException error, object? target)
    {
        ErrorRecord record = ErrorCatalog.ToRecord(AboutWildcard(error, target) ?? NamingRow(error, target), MaskedItem.Of(target));
        if (IsAskedKey(error))
        {
            cmdlet.ThrowTerminatingError(record);
        }

        cmdlet.WriteError(record);
    }

    /// <summary>In a table, an error must name its row.</summary>
    private NatsKeysException NamingRow(NatsKeysException error, object? target)
    {
        string? name = target is IEntityArgument { Row: not null } ? target.ToString() : cmdlet.NameOfRow;
        return string.IsNullOrEmpty(name) || error.GetType() != typeof(NatsKeysException) || error.Message.Contains(name, StringComparison.Ordinal)
            ? error
            : new NatsKeysException(error.Code, $"'{name}': {error.Message}", error) { Path = error.Path };
    }

    /// <summary>Says how a wildcard is used where only Get- cmdlets take one; null where none was written.</summary>
    private NatsKeysException? AboutWildcard(NatsKeysException error, object? target)
    {
        bool isMeant = error.Code == ErrorCode.EntityNotFound && target is IEntityArgument { Text: { } text } && text.AsSpan().ContainsAny('*', '?')
            && error.Message.Contains(text.Split('/')[^1], StringComparison.Ordinal);
        if (!isMeant || cmdlet.MyInvocation.MyCommand is not CmdletInfo { Verb: not VerbsCommon.Get } command)
        {
            return null;
        }

        string kind = IEntityArgument.KindOf(target!.GetType());
        return new NatsKeysException(
            ErrorCode.EntityNotFound,
            $"There is no {ClaimNames.Fold(kind)} '{target}': {command.Name} takes no wildcards. Use Get-Nats{kind} '{target}' | {command.Name}.");
    }

    /// <summary>Reports a file that could not be read, once, however often a pipeline reads it. The rest goes on.</summary>
    public void WriteUnreadable(NatsKeysException error)
    {
        if (unreadable.Add(error.Path ?? error.Message))
        {
            cmdlet.WriteError(ErrorCatalog.ToRecord(error, error.Path));
        }
    }

    /// <summary>The engine repeats what it was given as it is.</summary>
    private static ErrorRecord Masked(RuntimeException error) => SecretShape.Redact(error.Message) is var redacted && redacted == error.Message
        ? new ErrorRecord(error.ErrorRecord, error)
        : new ErrorRecord(
            new RuntimeException(redacted),
            error.ErrorRecord.FullyQualifiedErrorId.Split(',')[0],
            error.ErrorRecord.CategoryInfo.Category,
            MaskedItem.Of(error.ErrorRecord.TargetObject));

    /// <summary>Whether the key that was asked for cannot sign: the pipeline ends, before anything is signed in its place.</summary>
    private bool IsAskedKey(NatsKeysException error) =>
        error is SigningKeyException
            && cmdlet.MyInvocation.BoundParameters.TryGetValue(nameof(SigningCmdlet.SigningKey), out object? asked)
            && asked is SigningKeyArgument;
}
