Describe 'Add-NatsSigningKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'adds a key to every account in the pipeline' {
        New-NatsAccount B -Operator O2 | Out-Null
        Get-NatsAccount | Add-NatsSigningKey | ForEach-Object OwnerName | Should -Be 'A', 'B'
        Get-NatsAccount | ForEach-Object { $_.SigningKeys.Count } | Should -Be 1, 1
    }

    It 'takes the account first, and a role' {
        $key = Add-NatsSigningKey A -Role sensor -AllowPublish 'tele.>'
        $key.OwnerName, $key.Role | Should -Be 'A', 'sensor'
        (New-NatsUser sensor-1 -Account A -Role sensor).Role | Should -Be 'sensor'
        Get-NatsOperator | Add-NatsSigningKey | ForEach-Object OwnerKind | Should -Be 'Operator'
    }

    It 'takes the file of an exported key' {
        $pair = New-NatsKeyPair Account
        $file = $pair | Export-NatsKeyPair ./mine.nk -PassThru
        ($account | Add-NatsSigningKey $file.FullName).PublicKey | Should -Be $pair.PublicKey
    }
}
