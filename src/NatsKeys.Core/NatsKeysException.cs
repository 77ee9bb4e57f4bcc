using NatsKeys.Keys;

namespace NatsKeys;

/// <summary>
/// The error of every operation of NatsKeys that cannot be carried out. Its message never contains a seed, and nothing that speaks to a terminal.
/// </summary>
public class NatsKeysException : Exception
{
    /// <summary>Makes an error with a code and a message for a person.</summary>
    /// <param name="code">What went wrong; stable, for programs.</param>
    /// <param name="message">What went wrong, with the name of the bad item, for people.</param>
    /// <param name="inner">The error beneath, if any.</param>
    public NatsKeysException(ErrorCode code, string message, Exception? inner = null)
        : base(SecretShape.Redact(message), WithoutSeed(inner))
    {
        Code = code;
    }

    /// <summary>What went wrong.</summary>
    public ErrorCode Code { get; }

    /// <summary>The file in which the fault lies, when there is one.</summary>
    public string? Path
    {
        get;
        init => field = value is null ? null : SecretShape.Redact(value);
    }

    /// <summary>What a person can do about it; null if the message or the code says it.</summary>
    public Remedy? Remedy
    {
        get => field ?? (InnerException as NatsKeysException)?.Remedy;
        init;
    }

    /// <summary>The line of the file, from 1, where it is known.</summary>
    public int? Line
    {
        get => field ?? (InnerException as NatsKeysException)?.Line;
        init;
    }

    /// <summary>The error beneath, unless it repeats a seed: it is shown as well, by those who look for the cause.</summary>
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
