namespace NatsKeys.Shell.Hosting;

/// <summary>The few escape sequences that the host writes by itself.</summary>
internal static class AnsiColour
{
    internal const string Red = "\e[31;1m";
    internal const string Yellow = "\e[33;1m";
    internal const string Reset = "\e[0m";

    /// <summary>Puts the cursor to the start of its line, which is then empty.</summary>
    internal const string EraseLine = "\r\e[2K";
}
