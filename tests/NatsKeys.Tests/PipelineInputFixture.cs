using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>
/// A session with a store of one operator, one account and one user, and with what comes down a pipeline by mistake: copies of everything in another
/// store, <c>$copies</c>, and values that are no entity, <c>$odd</c>. It takes longer to make than a test with it.
/// </summary>
public sealed class PipelineInputFixture : IDisposable
{
    private const string Setup =
        """
        function copyOf($x) { , [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($x)) }
        function fill($o, $a, $u, $s) {
            $operator = New-NatsOperator $o -Store $s
            $null = $operator | Add-NatsSigningKey
            $account = $operator | New-NatsAccount $a
            $null = $account | Add-NatsSigningKey
            $null = $account | Add-NatsSigningKey -Role r -AllowPublish x
            $account | Add-NatsExport e.> Stream
            $account | Add-NatsSubjectMapping m -To n
            $account | Set-NatsJetStreamLimit -MaxDisk 1gb
            $user = $account | New-NatsUser $u
            $user | Add-NatsRevocation -WarningAction Ignore
            $account | Set-NatsAuthCallout -AuthUser $user
            $operator | New-NatsAccount importer | Add-NatsImport e.> -From $account
        }
        $other = New-NatsStore ./other -KeyPath ./otherkeys
        fill O2 A2 U2 $other
        $user = Get-NatsUser U2 -Account (Get-NatsAccount A2 -Operator (Get-NatsOperator -Store $other))
        $account = Get-NatsAccount A2 -Operator (Get-NatsOperator -Store $other)
        $credentials = $user | Export-NatsCredential ./copied.creds -PassThru -WarningAction Ignore
        $copies = [ordered] @{
            operator = Get-NatsOperator -Store $other; account = $account; user = $user; key = @($account | Get-NatsSigningKey)[0]
            operatorKey = @(Get-NatsOperator -Store $other | Get-NatsSigningKey)[0]; export = $account | Get-NatsExport; mapping = $account |
                Get-NatsSubjectMapping
            import = Get-NatsAccount importer -Operator (Get-NatsOperator -Store $other) | Get-NatsImport
            revocation = $account | Get-NatsRevocation; limit = $account | Get-NatsJetStreamLimit; callout = $account | Get-NatsAuthCallout
            pair = New-NatsKeyPair Account; store = $other; source = @(Get-NatsKeySource -Store $other)[0]; token = $user | ConvertFrom-NatsJwt
            credential = Import-NatsCredential ./copied.creds; claims = $account.Claims; usage = @(Get-NatsKeyUsage -Store $other)[0]
        }
        foreach ($name in @($copies.Keys)) { $copies[$name] = copyOf $copies[$name] }
        fill O A U (New-NatsStore $storeRoot)
        Remove-NatsAccount importer -Confirm:$false -WarningAction Ignore
        $odd = [ordered] @{
            null = $null; empty = ''; blank = '  '; flag = $true; date = [datetime] '2030-01-01'; version = [version] '1.2'; map = @{ a = 1 }
            id = [guid]::Empty; nothing = [DBNull]::Value; empties = [pscustomobject] @{}; xml = [xml] '<a/>'; block = { 1 }; uri = [uri] 'nats://x'
        }
        """;

    public PipelineInputFixture() => Assert.Empty(Session.Run(Setup).Errors.Select(error => error.ToString()));

    internal PowerShellSession Session { get; } = new();

    public void Dispose() => Session.Dispose();
}
