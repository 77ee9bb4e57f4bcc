Describe 'Set-NatsSigningKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
        $key = $account | Add-NatsSigningKey -Role reader -AllowSubscribe 'orders.>'
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'changes what the users of a role may do' {
        $user = $key | New-NatsUser U
        $key | Set-NatsSigningKey -AddAllowPublish 'orders.new' -MaxPayload 64kb -Description readers
        $changed = Get-NatsSigningKey -Account A
        $changed.Template.Pub.Allow, $changed.Template.Payload, $changed.Description | Should -Be 'orders.new', 65536, 'readers'
        $changed.Template.Sub.Allow | Should -Be 'orders.>'
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
        (Get-NatsUser U).Jwt | Should -Be $user.Jwt
        Get-NatsUser U | Test-NatsJwt | Should -BeTrue
    }
}
