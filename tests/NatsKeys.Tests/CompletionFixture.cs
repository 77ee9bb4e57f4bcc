using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>A session with something of every kind that has a name, for tests that only ask what completes.</summary>
public sealed class CompletionFixture : IDisposable
{
    public CompletionFixture() => Session.Run(
        """
        $o = New-NatsOperator O2
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        $a | New-NatsUser U | Out-Null
        $a | Add-NatsSigningKey -Role reader -AllowSubscribe x | Out-Null
        $a | Add-NatsExport 'orders.>' Stream -Private
        $a | Add-NatsExport prices.gold Service -Private
        $b | Add-NatsImport prices.gold -From A
        $a | Add-NatsSubjectMapping 'orders.*' 'bought.$1'
        """);

    internal PowerShellSession Session { get; } = new();

    public void Dispose() => Session.Dispose();
}
