using System.Management.Automation;

namespace NatsKeys.Shell.Hosting;

/// <summary>Progress as one line, drawn over and over; none where a log would be filled with it.</summary>
internal sealed class ProgressLine(Terminal terminal)
{
    private bool isShown;

    /// <summary>Draws the state of some work.</summary>
    /// <param name="record">The state.</param>
    internal void Show(ProgressRecord record)
    {
        if (!terminal.ErrorHasColour)
        {
            return;
        }

        Clear();
        if (record.RecordType == ProgressRecordType.Completed)
        {
            return;
        }

        string text = record.PercentComplete < 0 ? $"{record.Activity}: {record.StatusDescription}"
            : $"{record.Activity}: {record.StatusDescription} {record.PercentComplete} %";
        terminal.Error.Write(text.Length < terminal.Width ? text : text[..(terminal.Width - 1)]);
        terminal.Error.Flush();
        isShown = true;
    }

    /// <summary>Takes the line away before something else is written.</summary>
    internal void Clear()
    {
        if (isShown)
        {
            terminal.Error.Write(AnsiColour.EraseLine);
        }

        isShown = false;
    }
}
