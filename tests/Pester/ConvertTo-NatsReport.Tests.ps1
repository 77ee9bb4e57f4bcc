Describe 'ConvertTo-NatsReport' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U -BearerToken | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'makes SARIF of findings' {
        $run = (Test-NatsStore -Detailed | ConvertTo-NatsReport Sarif | ConvertFrom-Json).runs[0]
        $run.results.Count | Should -Be @(Test-NatsStore -Detailed).Count
        $bearer = $run.results | Where-Object ruleId -EQ audit.bearer
        $bearer.level | Should -Be warning
        $bearer.locations[0].physicalLocation.artifactLocation.uri | Should -Be 'O2/accounts/A/users/U.yaml'
        $run.tool.driver.rules[$bearer.ruleIndex].help.text | Should -Match 'Set-NatsUser'
    }
}
