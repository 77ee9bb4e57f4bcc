Describe 'ConvertTo-NatsDiagram' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1"))
        $previous = $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS
        $env:NATSKEYS_STORE = Join-Path $TestDrive store
        $env:NATSKEYS_KEYS = Join-Path $TestDrive keys
        $orders = New-NatsOperator O2 | New-NatsAccount Orders
        $orders | Add-NatsExport 'orders.>' Stream -Private
        New-NatsAccount Billing | Add-NatsImport orders.new -From $orders
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'gives one text of a whole store' {
        $text = ConvertTo-NatsDiagram
        $text | Should -HaveCount 1
        $text | Should -MatchExactly '^flowchart LR\n'
        $text | Should -BeLikeExactly '*"account Orders"*a2e1 -.-> a1i1*'
    }

    It 'takes a store, operators and accounts from the pipeline' {
        Get-NatsStore | ConvertTo-NatsDiagram | Should -BeExactly (ConvertTo-NatsDiagram)
        Get-NatsOperator | ConvertTo-NatsDiagram | Should -BeExactly (ConvertTo-NatsDiagram)
        Get-NatsAccount | ConvertTo-NatsDiagram | Should -BeExactly (ConvertTo-NatsDiagram)
        Get-NatsAccount Billing | ConvertTo-NatsDiagram | Should -BeLikeExactly '*x1`["account Orders"`]*x1 -.-> a1i1*'
    }

    It 'completes operators and accounts' {
        Complete 'ConvertTo-NatsDiagram -Operator ' | Should -Be 'O2'
        Complete 'ConvertTo-NatsDiagram -Account B' | Should -Be 'Billing'
    }
}
