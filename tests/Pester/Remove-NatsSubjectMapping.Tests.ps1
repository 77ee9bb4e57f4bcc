Describe 'Remove-NatsSubjectMapping' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
        $account | Add-NatsSubjectMapping orders orders.v1 -Weight 80
        $account | Add-NatsSubjectMapping orders orders.v2 -Weight 20
        $account | Add-NatsSubjectMapping orders orders.v3 -Cluster east
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes the target that Get-NatsSubjectMapping gives, and no other' {
        Get-NatsSubjectMapping | Where-Object To -EQ orders.v1 | Remove-NatsSubjectMapping
        (Get-NatsSubjectMapping).To | Should -Be 'orders.v2', 'orders.v3'
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }

    It 'removes every target in the pipeline, and the subject with the last one' {
        Get-NatsSubjectMapping | Remove-NatsSubjectMapping
        (Get-NatsAccount A).Claims.Mappings.Count | Should -Be 0
    }
}
