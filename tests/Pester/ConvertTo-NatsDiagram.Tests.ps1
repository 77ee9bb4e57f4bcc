Describe 'ConvertTo-NatsDiagram' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        Enter-TestFolder | Out-Null
        $orders = New-NatsOperator O2 | New-NatsAccount Orders
        $orders | Add-NatsExport 'orders.>' Stream -Private
        New-NatsAccount Billing | Add-NatsImport orders.new -From $orders
    }

    AfterAll {
        Exit-TestFolder
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

    It 'draws who uses what' {
        New-NatsUser reader -Account Billing -AllowSubscribe orders.new -AllowPublish none -Expires 1d | Out-Null
        ConvertTo-NatsDiagram -Access | Should -BeLikeExactly '*a1h1("user reader<br/>publish none<br/>subscribe to orders.new")*a1i1 --> a1h1*'
    }
}
