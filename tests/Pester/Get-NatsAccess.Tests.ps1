Describe 'Get-NatsAccess' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | New-NatsAccount A | Out-Null
        New-NatsAccount B | Out-Null
        Add-NatsExport -Account A 'price.*' Service
        Add-NatsImport -Account B 'price.*' -From A -Type Service
        New-NatsUser U -Account A -AllowPublish 'orders.>' -DenyPublish orders.secret -Expires 1d | Out-Null
        New-NatsUser V -Account B -AllowPublish 'price.*' -Expires 1d | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'lists who may publish, and by which way' {
        $access = Get-NatsAccess price.x -Account A -Kind User
        $access.Holder | Should -Be 'B/V'
        $access.Path | Should -Be 'B/V → import price.* of B → export price.* of A → A: price.x'
        $access.Message | Should -BeLike "*'price.``*'*"
    }

    It 'shows what a user reaches, without a question' {
        $access = Get-NatsUser V | Get-NatsAccess
        $access | Where-Object Direction -EQ Publish | ForEach-Object TargetAccount | Sort-Object -Unique | Should -Be 'A', 'B'
        $access.User | Sort-Object -Unique | Should -Be 'V'
        $access | Where-Object Direction -EQ Subscribe | Should -Not -BeNullOrEmpty
        (Get-NatsUser U, V | Get-NatsAccess price.x -Account A).Holder | Should -Be 'B/V'
        (Get-NatsAccount A | Get-NatsAccess price.x -Kind User).Holder | Should -Be 'B/V'
        { New-NatsOperator O3 | Get-NatsAccess -ErrorAction Stop } | Should -Throw '*operator O3*user*'
    }

    It 'means any subject, or every one' {
        (Get-NatsAccess 'orders.>' -Account A -Kind User).Subjects | Should -Be 'orders.> except orders.secret'
        Get-NatsAccess 'orders.>' -Account A -Kind User -All | Should -BeNullOrEmpty
        (Get-NatsAccess 'orders.x.*' -Account A -Kind User -All).Holder | Should -Be 'A/U'
    }
}
