Describe 'Get-NatsOperator' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        'One', 'Two', 'Other' | ForEach-Object { New-NatsOperator $_ | Out-Null }
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives objects that sort, filter and group' {
        Get-NatsOperator | Where-Object Name -Like 'O*' | Sort-Object Name -Descending | ForEach-Object Name | Should -Be 'Other', 'One'
        (Get-NatsOperator | Group-Object State).Name | Should -Be 'Signed'
    }

    It 'stops when enough was given' {
        Get-NatsOperator | Select-Object -First 1 -ExpandProperty Name | Should -Be 'One'
    }

    It 'completes names in a store that is named from where the session is' {
        New-NatsStore inner/other | Out-Null
        New-NatsOperator Elsewhere -Store inner/other | Out-Null
        Set-Location inner
        Complete 'Get-NatsOperator -Store other -Name ' | Should -Be 'Elsewhere'
    }

    It 'completes names' {
        Complete 'Get-NatsOperator T' | Should -Be 'Two'
    }

    It 'becomes JSON without a seed' {
        $json = Get-NatsOperator One | Select-Object Name, Subject, Issuer, State | ConvertTo-Json
        ($json | ConvertFrom-Json).Name | Should -Be 'One'
    }

    It 'becomes JSON as a whole' {
        $json = Get-NatsOperator One | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue -ErrorAction Stop
        $json | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
        $json | Should -Match (Get-NatsOperator One).Subject
    }

    It 'takes operators and stores from the pipeline, and looks in no other store' {
        $store = New-NatsStore -InMemory
        $operator = New-NatsOperator One -Store $store
        ($operator | Get-NatsOperator).Subject | Should -Be $operator.Subject
        ($store | Get-NatsOperator).Subject | Should -Be $operator.Subject
        'One' | Get-NatsOperator | ForEach-Object Subject | Should -Not -Be $operator.Subject
    }
}
