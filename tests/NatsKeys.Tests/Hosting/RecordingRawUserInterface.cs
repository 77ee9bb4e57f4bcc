using System.Management.Automation;
using System.Management.Automation.Host;

namespace NatsKeys.Tests.Hosting;

/// <summary>A screen that has a size and nothing else.</summary>
internal sealed class RecordingRawUserInterface : PSHostRawUserInterface
{
    internal const int DefaultColumns = 120;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override Size BufferSize
    {
        get => new(Columns, 50);
        set => throw new PSNotSupportedException();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw new PSNotSupportedException();
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override bool KeyAvailable => false;

    public override string WindowTitle { get; set; } = "";

    internal int Columns { get; set; } = DefaultColumns;

    public override void FlushInputBuffer()
    {
        // There are no keys.
    }

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new PSNotSupportedException();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new PSNotSupportedException();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new PSNotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new PSNotSupportedException();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new PSNotSupportedException();
}
