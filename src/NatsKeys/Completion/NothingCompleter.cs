using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes nothing. Without a completer, PowerShell completes file names.</summary>
public sealed class NothingCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) => [];
}
