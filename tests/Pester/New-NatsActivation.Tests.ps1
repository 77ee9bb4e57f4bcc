Describe 'New-NatsActivation' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $exporter = $operator | New-NatsAccount A
        $importer = $operator | New-NatsAccount B
        $exporter | Add-NatsExport 'orders.>' Stream -Private
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'signs an activation of the export in the pipeline' {
        $before = (Get-NatsAccount A).Jwt
        $activation = Get-NatsExport | New-NatsActivation orders.new -TargetAccount $importer -Expires 2099-01-31
        $activation.Subject | Should -Be $importer.Subject
        $activation.Issuer | Should -Be $exporter.Subject
        $activation.Claims.ImportSubject, $activation.Claims.ImportKind | Should -Be 'orders.new', 'stream'
        $activation.Expires | Should -Be ([System.DateTimeOffset]'2099-01-31T00:00:00Z')
        $activation | Test-NatsJwt | Should -BeTrue
        (Get-NatsAccount A).Jwt | Should -Be $before
    }

    It 'signs with the signing key in the pipeline, for an account that is not in the store' {
        $key = $exporter | Add-NatsSigningKey
        $target = (New-NatsKeyPair Account).PublicKey
        $activation = $key | New-NatsActivation 'orders.>' -TargetAccount $target
        $activation.Subject, $activation.Issuer, $activation.Claims.IssuerAccount | Should -Be $target, $key.PublicKey, $exporter.Subject
    }

    It 'gives what Add-NatsImport takes, by name' {
        $activation = New-NatsActivation orders.new -Account A -TargetAccount B
        $importer | Add-NatsImport orders.new -From A -Token $activation
        (Get-NatsImport).Activation.Token | Should -Be $activation.Token
        Get-NatsAccount B | Test-NatsJwt | Should -BeTrue
    }
}
