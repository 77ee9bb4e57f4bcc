Describe 'New-NatsServerConfig' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives text that Set-Content writes' {
        New-NatsServerConfig -Resolver Memory | Set-Content resolver.conf
        'resolver.conf' | Should -FileContentMatch 'resolver: MEMORY'
        'resolver.conf' | Should -FileContentMatchExactly (Get-NatsAccount A).Subject
    }

    It 'writes the configuration of a server with a full resolver, and the operator beside it' {
        New-NatsAccount SYS | Out-Null
        Set-NatsOperator O2 -SystemAccount SYS
        New-NatsServerConfig ./n1.conf -OperatorPath ./O2.jwt -Resolver Full -AllowDelete -ServerName n1 `
            -ClusterName C -ClusterPort 6222 -Route n2:6222 -JetStream
        './n1.conf' | Should -FileContentMatchExactly 'allow_delete: true'
        './n1.conf' | Should -FileContentMatchExactly (Get-NatsAccount SYS).Jwt
        './n1.conf' | Should -Not -FileContentMatchExactly (Get-NatsOperator O2).Jwt
        (Get-Content ./O2.jwt) | Should -BeExactly (Get-NatsOperator O2).Jwt
    }

    It 'states TLS, a leaf node and another cluster, and names what a version does not know' {
        $tls = @{ TlsCertificate = '/etc/nats/server.pem'; TlsKey = '/etc/nats/key.pem'; TlsHandshakeFirst = $true }
        $hub = @{ Url = 'tls://hub:7422'; Account = 'A'; CredentialPath = '/etc/nats/leaf.creds' }
        $text = New-NatsServerConfig -Resolver Memory @tls -LeafNodeRemote $hub -GatewayName east -GatewayPort 7222 -Gateway @{ west = 'w1:7222' }
        $text | Should -MatchExactly 'handshake_first: true'
        $text | Should -MatchExactly 'urls: \["tls://hub:7422"\]'
        $text | Should -MatchExactly 'name: "west"'
        { New-NatsServerConfig -Resolver Memory @tls -ServerVersion 2.9.25 -ErrorAction Stop } |
            Should -Throw '*2.9.25*handshake_first*2.10.4*' -ErrorId 'InvalidServerConfig,*'
    }
}
