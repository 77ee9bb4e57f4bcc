Describe 'Compare-NatsAccount' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2 -SystemAccount SYS -ServiceUrl nats://127.0.0.1:1
        $account = $operator | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'says that no server can be reached' {
        { $account | Compare-NatsAccount } | Should -Throw -ErrorId 'ServerUnreachable,*'
        { $account | Compare-NatsAccount -Effective } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'compares nothing where nothing comes down the pipeline' {
        @() | Compare-NatsAccount -ErrorAction Stop -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }

    It 'goes on after an account that is not there' {
        $Error.Clear()
        { 'nobody', 'A' | Compare-NatsAccount -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'ServerUnreachable,*'
        $Error.FullyQualifiedErrorId | Should -Contain 'EntityNotFound,NatsKeys.Commands.CompareNatsAccountCommand'
    }
}
