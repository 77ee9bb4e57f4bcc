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

    It 'makes JUnit XML of findings, with files from the folder of the repository' {
        $report = [xml](Test-NatsStore -Detailed -MinimumSeverity Warning | ConvertTo-NatsReport JUnit -BasePath .)
        $report.testsuites.testsuite.failures | Should -Be 1
        $report.testsuites.testsuite.testcase.file | Should -Be 'store/O2/accounts/A/users/U.yaml'
    }

    It 'makes a report of no findings' {
        $report = [xml](Test-NatsStore -Detailed -MinimumSeverity Time | ConvertTo-NatsReport JUnit)
        $report.testsuites.testsuite.failures | Should -Be 0
    }

    It 'completes the format' {
        Complete 'ConvertTo-NatsReport ' | Should -Be 'JUnit', 'Sarif'
    }
}
