using System.Management.Automation;

namespace NatsKeys.Tests.Hosting;

/// <summary>What a script put into each stream.</summary>
internal sealed record RunResult
{
    internal required IReadOnlyList<PSObject> Output { get; init; }

    internal required IReadOnlyList<ErrorRecord> Errors { get; init; }

    internal required IReadOnlyList<string> Warnings { get; init; }

    internal required IReadOnlyList<string> Verbose { get; init; }

    internal required IReadOnlyList<string> Debug { get; init; }

    internal required IReadOnlyList<string> Information { get; init; }

    internal required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>Gets the ids of the errors, without the name of the cmdlet that follows the comma.</summary>
    internal IReadOnlyList<string> ErrorIds => [.. Errors.Select(TerminatingErrorException.IdOf)];

    /// <summary>Gets the one object that came out, and fails where there are more or none.</summary>
    internal PSObject Single => Assert.Single(Output);

    /// <summary>Gets everything that somebody could see, to look for what nobody may see.</summary>
    internal string AllText => string.Join(
        '\n',
        [
            .. Output.Select(output => output?.ToString()),
            .. Errors.Select(error => $"{error} {error.Exception} {error.TargetObject} {error.ErrorDetails} {error.InvocationInfo?.Line}"),
            .. Warnings, .. Verbose, .. Debug, .. Information,
            .. Progress.Select(progress => progress.ToString()),
        ]);

    /// <summary>Reads a property of the one object that came out; a name with dots reads on from there.</summary>
    internal object? Property(string path)
    {
        object? at = Single;
        foreach (string name in path.Split('.'))
        {
            PSPropertyInfo? property = at is null ? null : PSObject.AsPSObject(at).Properties[name];
            Assert.True(property is not null, $"There is no property '{name}' on the way of '{path}'.");
            at = property.Value;
        }

        return at is PSObject wrapped ? wrapped.BaseObject : at;
    }
}
