Describe 'Export-NatsCredential' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1"))
        $previous = $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS
    }

    BeforeEach {
        # A folder of its own for each test: what one leaves behind, no other sees.
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        New-Item $folder -ItemType Directory | Out-Null
        Push-Location $folder
        $env:NATSKEYS_STORE = Join-Path $folder store
        $env:NATSKEYS_KEYS = Join-Path $folder keys
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'writes one file for each user of an account' {
        New-NatsUser V -Account A | Out-Null
        New-Item out -ItemType Directory | Out-Null
        Get-NatsUser -Account A | Export-NatsCredential ./out -PassThru | ForEach-Object Name | Should -Be 'U.creds', 'V.creds'
        (Get-ChildItem out).Count | Should -Be 2
    }

    It 'gives text that Set-Content writes' {
        Export-NatsCredential -User U -AsPlainText | Set-Content text.creds -NoNewline
        (Import-NatsCredential text.creds).Matches | Should -BeTrue
    }

    It 'gives a secure string that ConvertFrom-SecureString reads' {
        Export-NatsCredential -User U -AsSecureString | ConvertFrom-SecureString -AsPlainText | Should -Match 'BEGIN USER NKEY SEED'
    }

    It 'signs a copy that expires soon' {
        $before = (Get-NatsUser U).Jwt
        Export-NatsCredential ./U.creds -User U -Expires 15m
        (Import-NatsCredential ./U.creds).Expires | Should -BeLessThan ([datetimeoffset]::Now.AddMinutes(16))
        (Get-NatsUser U).Jwt | Should -Be $before
    }

    It 'completes users' {
        Complete 'Export-NatsCredential -User ' | Should -Be 'A/U'
    }

    It 'writes nothing under -WhatIf' {
        Export-NatsCredential ./U.creds -User U -WhatIf
        './U.creds' | Should -Not -Exist
    }
}
