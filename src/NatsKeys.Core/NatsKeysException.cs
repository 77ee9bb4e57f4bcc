using NatsKeys.Keys;

namespace NatsKeys;

/// <summary>The exception for every operation of NatsKeys that fails. Its message never contains a seed or terminal control characters.</summary>
public class NatsKeysException : Exception
{
    /// <summary>Creates an exception with a code and a message.</summary>
    /// <param name="code">The stable code, for programs.</param>
    /// <param name="message">The message for users, with the name of the bad item.</param>
    /// <param name="inner">The cause, if any.</param>
    public NatsKeysException(ErrorCode code, string message, Exception? inner = null)
        : base(SecretShape.Redact(message), WithoutSeed(inner))
    {
        Code = code;
    }

    /// <summary>The code of the error.</summary>
    public ErrorCode Code { get; }

    /// <summary>The file that has the error; null if there is none.</summary>
    public string? Path
    {
        get;
        init => field = value is null ? null : SecretShape.Redact(value);
    }

    /// <summary>What the user can do about it; null if the message or the code says it.</summary>
    public Remedy? Remedy
    {
        get => field ?? (InnerException as NatsKeysException)?.Remedy;
        init;
    }

    /// <summary>The name of what the remedy applies to, such as a role; null if the remedy needs none.</summary>
    public string? RemedyItem
    {
        get => field ?? (InnerException as NatsKeysException)?.RemedyItem;
        init;
    }

    /// <summary>Whether the message says what was probably meant, or which items there are, so that no more advice is needed.</summary>
    public bool IsExplained
    {
        get => field || InnerException is NatsKeysException { IsExplained: true };
        init;
    }

    /// <summary>The line of the file, from 1; null if it is unknown.</summary>
    public int? Line
    {
        get => field ?? (InnerException as NatsKeysException)?.Line;
        init;
    }

    /// <summary>Returns the cause, or null if its message contains a seed: programs that look for the cause show its message as well.</summary>
    private static Exception? WithoutSeed(Exception? inner)
    {
        for (Exception? at = inner; at is not null; at = at.InnerException)
        {
            if (at is not NatsKeysException && SecretShape.HasSeed(at.Message))
            {
                return null;
            }
        }

        return inner;
    }
}
