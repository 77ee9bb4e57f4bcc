Describe 'Test-NatsStore' {
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
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null
        $file = Join-Path $folder store O2 accounts A users U.yaml
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'is true where everything is signed' {
        Get-NatsStore | Test-NatsStore | Should -BeTrue
        Test-NatsStore -Detailed | Should -BeNullOrEmpty
    }

    It 'is false where a file was edited, and says what is different' {
        Add-Content $file 'tags: [x]'
        Test-NatsStore | Should -BeFalse
        (Test-NatsStore -Detailed).Message | Should -Match 'tags is'
    }

    It 'finds what expires soon' {
        Set-NatsUser U -Expires 5d
        Test-NatsStore | Should -BeTrue
        Test-NatsStore -ExpiresWithin 30d | Should -BeFalse
    }

    It 'names a file that cannot be read' {
        Set-Content $file 'garbage'
        (Test-NatsStore -Detailed).File | Should -Be $file
    }

    It 'completes the operator' {
        Complete 'Test-NatsStore -Operator ' | Should -Be 'O2'
    }
}
