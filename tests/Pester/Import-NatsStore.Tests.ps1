Describe 'Import-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        $nsc = [System.IO.Path]::GetFullPath("$PSScriptRoot/../vectors/nsc-store")
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'keeps every token as it was' {
        Import-NatsStore $nsc/stores/RICH -PassThru | ForEach-Object Jwt | Sort-Object |
            Should -BeExactly (Get-ChildItem $nsc/stores/RICH -Recurse -Filter *.jwt | Get-Content -Raw | Sort-Object)
    }

    It 'reads the configuration of a server, with what it includes and the folder of its resolver' {
        $old = New-NatsStore ./old -KeyPath ./oldkeys
        $made = New-NatsOperator ACME -SystemAccount SYS -Store $old
        $account = $made | New-NatsAccount orders
        New-Item ./jwt -ItemType Directory | Out-Null
        Set-Content "./jwt/$($account.Subject).jwt" $account.Jwt -NoNewline
        New-NatsServerConfig ./operator.conf -Operator ACME -Resolver Full -Directory ./jwt -Store $old
        Set-Content ./nats.conf "port: 4222 # clients`ninclude ./operator.conf`nhttp_port: 8222"
        Import-NatsStore ./nats.conf
        (Get-NatsAccount).Name | Should -Be 'orders', 'SYS'
        Test-NatsStore | Should -BeTrue

        Set-Content ./broken.conf "a: {`nb: 'x" -NoNewline
        { Import-NatsStore ./broken.conf -ErrorAction Stop } | Should -Throw '*broken.conf*line 2*' -ErrorId 'InvalidServerConfig,*'
        Set-Content ./other.conf 'port: 4222'
        { Import-NatsStore ./other.conf -ErrorAction Stop } | Should -Throw '*other.conf*' -ErrorId 'FileNotFound,*'
    }

    It 'finds the places of loose files' {
        Get-ChildItem $nsc/stores/O2 -Recurse -Filter *.jwt | Copy-Item -Destination { "./$($_.BaseName)-loose.jwt" }
        Get-ChildItem *.jwt | Import-NatsStore
        (Get-NatsUser U).Path.ToString() | Should -Be 'user O2/A/U'
    }

    Context 'with a backup' {
        BeforeEach {
            New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential
            $key = New-NatsKeyPair Curve
            Export-NatsStore ./o.backup -Recipient $key
        }

        It 'restores into memory' {
            $memory = New-NatsStore -InMemory
            Import-NatsStore ./o.backup -Store $memory -Key $key -PassThru | ForEach-Object Name | Should -Be 'O2', 'A', 'U'
            @(Get-NatsKeyPair -Store $memory).Count | Should -Be 5
        }
    }
}
