Describe 'Set-NatsImport' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $exporter = $operator | New-NatsAccount A
        $exporter | Add-NatsExport 'orders.>' Stream -Private
        $exporter | Add-NatsExport prices.gold Service
        $importer = $operator | New-NatsAccount B
        $importer | Add-NatsImport orders.new -From A
        $importer | Add-NatsImport prices.gold -From A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'changes the import in the pipeline and signs the account again' {
        Get-NatsImport -Type Service | Set-NatsImport -LocalSubject gold -Name Gold -Share
        $changed = Get-NatsAccount B
        $changed.Imports | ForEach-Object { "$($_.Subject) $($_.LocalSubject) $($_.Name) $($_.Claims.Share)" } |
            Should -Be 'orders.new   False', 'prices.gold gold Gold True'
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }

    It 'renews the activation of an import by its subject' {
        $activation = Get-NatsExport 'orders.>' | New-NatsActivation orders.new -TargetAccount B -Expires 30d
        $activation.Token | Set-Content new.jwt
        Set-NatsImport orders.new -Account B -Token new.jwt
        (Get-NatsImport orders.new).Activation.Token | Should -Be $activation.Token
        Get-NatsAccount B | Test-NatsJwt | Should -BeTrue
    }

    It 'reports an activation that is for somebody else, or not there' {
        $activation = Get-NatsExport 'orders.>' | New-NatsActivation -TargetAccount (New-NatsKeyPair Account).PublicKey
        $before = (Get-NatsAccount B).Jwt
        { Get-NatsImport orders.new | Set-NatsImport -Token $activation -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        { Get-NatsImport orders.new | Set-NatsImport -Token none.jwt -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
        (Get-NatsAccount B).Jwt | Should -Be $before
    }
}
