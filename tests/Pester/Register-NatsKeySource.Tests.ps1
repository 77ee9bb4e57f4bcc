Describe 'Register-NatsKeySource' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestVault/TestVault.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $key = New-NatsKeyPair Operator
        $operator = New-NatsOperator O -Key $key.PublicKey -SigningKey $key
    }

    AfterEach {
        Unregister-NatsKeySource *
        Unlock-TestVault
        Remove-Item Env:NATSKEYS_TEST_SEED -ErrorAction Ignore
        Exit-TestFolder
    }

    AfterAll {
        Remove-Module TestVault
    }

    It 'signs with a seed of the environment' {
        $env:NATSKEYS_TEST_SEED = $key | Export-NatsKeyPair -AsPlainText
        Register-NatsKeySource NATSKEYS_TEST_SEED
        ($operator | New-NatsAccount A).Issuer | Should -Be $key.PublicKey
    }

    It 'signs with a seed of a vault that is <kind>' -ForEach @(
        @{ kind = 'a secure string'; secret = { $key.ToSeed() } }
        @{ kind = 'text'; secret = { $key | Export-NatsKeyPair -AsPlainText } }
    ) {
        Set-Secret "nats-$($key.PublicKey)" (& $secret) -Vault v
        Register-NatsKeySource -Vault v -SecretName 'nats-{0}'
        ($operator | New-NatsAccount A).Issuer | Should -Be $key.PublicKey
        Get-NatsKeyPair -Type Operator | Should -BeNullOrEmpty
    }

    It 'signs with a script block' {
        Register-NatsKeySource -Signer { New-NatsSignature -Data $_ -SigningKey $key } -PublicKey $key.PublicKey
        ($operator | New-NatsAccount A -SigningKey $key.PublicKey).Issuer | Should -Be $key.PublicKey
    }

    It 'signs with a program' {
        Set-Content sign.ps1 @'
param($module)
Import-Module $module
$data = [System.IO.MemoryStream]::new()
[Console]::OpenStandardInput().CopyTo($data)
New-NatsSignature -Data $data.ToArray() -SigningKey ./program.nk
'@
        $key | Export-NatsKeyPair ./program.nk
        $module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1")
        Register-NatsKeySource -Command ((Get-Command pwsh -CommandType Application)[0].Source) -ArgumentList '-NoProfile', '-File', './sign.ps1',
            $module -PublicKey $key.PublicKey
        ($operator | New-NatsAccount A).Issuer | Should -Be $key.PublicKey
    }
}
