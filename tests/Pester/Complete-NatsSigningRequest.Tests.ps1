Describe 'Complete-NatsSigningRequest' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $env:NATSKEYS_STORE = $null
        $env:NATSKEYS_KEYS = $null
        $store = New-NatsStore ./online -KeyPath ./onlinekeys
        # The operator's key is in a key root of its own.
        $safe = New-NatsStore ./safe -KeyPath ./safekeys
        $key = New-NatsKeyPair Operator
        Import-NatsKeyPair -Seed $key.ToSeed() -Store $safe | Out-Null
        New-NatsOperator O2 -Store $store -Key $key.PublicKey -SigningKey $key | New-NatsAccount A -SigningKey $key | Out-Null
        Add-Content ./online/O2/accounts/A/account.yaml 'tags: [x]'
        $asked = New-NatsSigningRequest ./request.yaml -Store $store
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'signs with the key of the other machine, and the store takes it' {
        $completed = Complete-NatsSigningRequest ./request.yaml -Store $safe -Digest $asked.Digest -Confirm:$false
        $completed.IsCompleted | Should -BeTrue
        $completed.Digest | Should -Be $asked.Digest
        (Import-NatsStore ./request.yaml -Store $store -PassThru).State | Should -Be 'Signed'
        Test-NatsStore $store | Should -BeTrue
        Get-NatsOperator -Store $safe | Should -BeNullOrEmpty
    }

    It 'signs with a script block' {
        $sign = { param($data) New-NatsSignature -Data $data -SigningKey $key }
        Get-Item ./request.yaml | Complete-NatsSigningRequest -SigningKey $sign -OutputPath ./signed.yaml -Confirm:$false | Out-Null
        Import-NatsStore ./signed.yaml -Store $store
        Test-NatsStore $store | Should -BeTrue
    }

    It 'signs for no operator that the machine does not know' {
        # Somebody makes an operator of the same name that lists the key in the safe.
        $evil = New-NatsStore ./evil -KeyPath ./evilkeys
        $other = New-NatsOperator O2 -Store $evil
        $other | Add-NatsSigningKey $key.PublicKey | Out-Null
        $other | New-NatsAccount A | Out-Null
        Add-Content ./evil/O2/accounts/A/account.yaml 'tags: [evil]'
        New-NatsSigningRequest ./evil.yaml -Store $evil -SigningKey $key.PublicKey | Out-Null
        { Complete-NatsSigningRequest ./evil.yaml -Store $safe -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownOperator,*'
        { Complete-NatsSigningRequest ./evil.yaml -Store $safe -OperatorKey $key.PublicKey -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'UnknownOperator,*'
    }
}
