using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes limits: sizes or numbers, and Unlimited.</summary>
public sealed class LimitCompleter : WordCompleter
{
    // Servers always have these limits.
    private static readonly string[] Always = ["MaxControlLine", "MaxPending", "JetStreamMaxMemory", "JetStreamMaxFile"];

    private static readonly string[] Bytes =
        ["MaxData", "MaxPayload", "MaxMemory", "MaxDisk", "MaxMemoryStream", "MaxDiskStream", .. Always];

    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
    [
        .. Bytes.Contains(parameter)
            ? new[] { ("64kb", "64 KiB"), ("1MiB", "1 MiB"), ("1GiB", "1 GiB") }
            : [("10", "ten"), ("100", "one hundred"), ("1000", "one thousand")],
        .. IsAlways(parameter) ? [] : (IEnumerable<(string, string)>)[("Unlimited", "no limit")],
    ];

    // An account may leave the size of messages to the server, and the server may not.
    private bool IsAlways(string parameter) => Always.Contains(parameter) || (Command, parameter) == ("New-NatsServerConfig", "MaxPayload");
}
