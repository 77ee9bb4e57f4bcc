Describe 'Remove-NatsKeyPair' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A
        $account | Add-NatsSigningKey -Role sensor -AllowPublish 'tele.>' | New-NatsUser U -Expires 1y | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'cleans up after a leak, and the audit has no findings' {
        Test-NatsStore -Detailed | Should -BeNullOrEmpty
        $rotation = Update-NatsSigningKey sensor -Confirm:$false -Compromised -WarningAction SilentlyContinue
        (Test-NatsStore -Detailed).Rule | Should -Be audit.orphaned-key
        $file = (Get-NatsKeyPair $rotation.OldKey).Path

        { Remove-NatsKeyPair -Unreferenced -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'KeyInUse,*'
        $file | Should -Exist
        Remove-NatsKeyPair -Unreferenced -Force -Confirm:$false

        $file | Should -Not -Exist
        Get-NatsKeyPair -Unreferenced | Should -BeNullOrEmpty
        Test-NatsStore -Detailed | Should -BeNullOrEmpty
    }

    It 'locks an identity key away' {
        $identity = Get-NatsKeyPair (Get-NatsOperator).Subject
        $identity | Export-NatsKeyPair ./O2.nk
        { $identity | Remove-NatsKeyPair -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'KeyInUse,*'
        $identity | Remove-NatsKeyPair -Force -Confirm:$false
        { Get-NatsKeyPair (Get-NatsOperator).Subject -ErrorAction Stop } | Should -Throw -ErrorId 'KeyNotFound,*'
        (New-NatsAccount B).State | Should -Be Signed
    }
}
