using System.Management.Automation;
using System.Runtime.ExceptionServices;
using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Errors;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Pipeline;

/// <summary>The errors of a cmdlet. Each is about one item, and the pipeline continues.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class ItemErrors(NatsCmdlet cmdlet)
{
    private readonly HashSet<string> unreadable = [];

    /// <summary>Runs an action. An error of the libraries becomes an error record about the target.</summary>
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
            // PowerShell's own error about a path or a wildcard also concerns only this item.
            cmdlet.WriteError(Masked(error));
        }
    }

    /// <summary>Runs an action. Returns false if an error was written.</summary>
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
        if (error is FileLineException)
        {
            cmdlet.ThrowTerminatingError(ErrorCatalog.ToRecord(error, target: null));
        }

        ErrorRecord record = ErrorCatalog.ToRecord(AboutWildcard(error, target) ?? NamingRow(error, target), MaskedItem.Of(target));
        if (IsAskedKey(error))
        {
            cmdlet.ThrowTerminatingError(record);
        }

        cmdlet.WriteError(record);
    }

    /// <summary>Names the row of a table in an error.</summary>
    private NatsKeysException NamingRow(NatsKeysException error, object? target)
    {
        string? name = target is IEntityArgument { Row: not null } ? target.ToString() : cmdlet.NameOfRow;
        return string.IsNullOrEmpty(name) || error is SigningKeyException || IsIn(error.Message, name)
            ? error
            : new NatsKeysException(error.Code, $"'{name}': {error.Message}", error) { Path = error.Path };
    }

    /// <summary>Whether a message has a name, and not only its letters in another word.</summary>
    private static bool IsIn(string message, string name)
    {
        for (int at = message.IndexOf(name, StringComparison.Ordinal); at >= 0; at = message.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            if ((at == 0 || !char.IsLetterOrDigit(message[at - 1])) && (end == message.Length || !char.IsLetterOrDigit(message[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns an error that explains how to use a wildcard with a Get- cmdlet; null if there is no wildcard.</summary>
    private AdvisedException? AboutWildcard(NatsKeysException error, object? target)
    {
        bool isMeant = error.Code == ErrorCode.EntityNotFound && target is IEntityArgument { Text: { } text } && text.AsSpan().ContainsAny('*', '?')
            && error.Message.Contains(text.Split('/')[^1], StringComparison.Ordinal);
        if (!isMeant || cmdlet.MyInvocation.MyCommand is not CmdletInfo { Verb: not VerbsCommon.Get } command)
        {
            return null;
        }

        string kind = IEntityArgument.KindOf(target!.GetType());
        return new AdvisedException(
            ErrorCode.EntityNotFound,
            $"There is no {ClaimNames.Fold(kind)} '{target}': {command.Name} takes no wildcards. Use Get-Nats{kind} '{target}' | {command.Name}.");
    }

    /// <summary>Reports a file that cannot be read. Each file is reported once in a pipeline, which continues.</summary>
    public void WriteUnreadable(NatsKeysException error)
    {
        if (unreadable.Add(error.Path ?? error.Message))
        {
            cmdlet.WriteError(ErrorCatalog.ToRecord(error, error.Path));
        }
    }

    /// <summary>Hides seeds in PowerShell's own errors, which repeat their input.</summary>
    private static ErrorRecord Masked(RuntimeException error) => SecretShape.Redact(error.Message) is var redacted && redacted == error.Message
        ? new ErrorRecord(error.ErrorRecord, error)
        : new ErrorRecord(
            new RuntimeException(redacted),
            error.ErrorRecord.FullyQualifiedErrorId.Split(',')[0],
            error.ErrorRecord.CategoryInfo.Category,
            MaskedItem.Of(error.ErrorRecord.TargetObject));

    /// <summary>Whether the specified key cannot sign. The pipeline then ends, because no other key may be used instead.</summary>
    private bool IsAskedKey(NatsKeysException error) =>
        error is SigningKeyException
            && cmdlet.MyInvocation.BoundParameters.TryGetValue(nameof(SigningCmdlet.SigningKey), out object? asked)
            && asked is SigningKeyArgument;
}
