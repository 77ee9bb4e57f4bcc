Describe 'New-NatsPermission' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | New-NatsAccount A | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives users and roles what their clients need' {
        $consume = New-NatsPermission -Consume ORDERS -Consumer c -InboxPrefix _INBOX.U
        $user = New-NatsUser U -Account A -Permission $consume, (New-NatsPermission -Request svc.a -InboxPrefix _INBOX.U) -AllowPublish x -Expires 1d
        $user.AllowPublish | Should -Be x, '$JS.API.CONSUMER.INFO.ORDERS.c', '$JS.API.CONSUMER.MSG.NEXT.ORDERS.c', '$JS.ACK.ORDERS.c.>', svc.a
        $user.AllowSubscribe | Should -Be '_INBOX.U.>'
        $role = New-NatsPermission -KeyValue s -Access Write -Key '{{name()}}.>' -InboxPrefix '_INBOX.{{name()}}'
        Add-NatsSigningKey -Account A -Role device -Permission $role | New-NatsUser d1 -Expires 1d | Out-Null
        Test-NatsPermission d1 -Publish '$KV.s.d1.x' | Should -BeTrue
        Test-NatsPermission d1 -Publish '$KV.s.d2.x' | Should -BeFalse
    }

    It 'lets whoever replies publish nothing else' {
        $user = New-NatsUser U -Account A -Permission (New-NatsPermission -Reply 'svc.>') -Expires 1d
        $user.Responses | Should -Be '1 within 2m'
        Test-NatsPermission U -Publish x | Should -BeFalse
    }
}
