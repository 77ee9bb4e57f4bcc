using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes nothing. Without a completer the engine gives the names of files, where no file is meant.</summary>
public sealed class NothingCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) => [];
}
