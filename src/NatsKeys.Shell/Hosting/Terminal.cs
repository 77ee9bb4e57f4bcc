using System.Security;

namespace NatsKeys.Shell.Hosting;

/// <summary>What the host needs of the place where people read and type.</summary>
internal abstract class Terminal
{
    /// <summary>Gets where output goes.</summary>
    internal abstract TextWriter Output { get; }

    /// <summary>Gets where errors, warnings and other remarks go, so that redirected output is output alone.</summary>
    internal abstract TextWriter Error { get; }

    /// <summary>Gets a value indicating whether somebody can answer a question.</summary>
    internal abstract bool CanPrompt { get; }

    /// <summary>Gets a value indicating whether output may have colours.</summary>
    internal abstract bool HasColour { get; }

    /// <summary>Gets a value indicating whether remarks may have colours and a line may be drawn over.</summary>
    internal abstract bool ErrorHasColour { get; }

    /// <summary>Gets the number of columns.</summary>
    internal abstract int Width { get; }

    /// <summary>Gets the number of rows.</summary>
    internal abstract int Height { get; }

    /// <summary>Reads a line.</summary>
    /// <returns>The line, or nothing at the end of the input.</returns>
    internal abstract string? ReadLine();

    /// <summary>Reads a line that is not shown.</summary>
    /// <returns>The line, which the caller disposes of.</returns>
    internal abstract SecureString ReadSecret();
}
