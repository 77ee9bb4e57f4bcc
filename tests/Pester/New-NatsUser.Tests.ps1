Describe 'New-NatsUser' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'changes nothing where files cannot be locked, and reads all the same' {
        $script = "Import-Module '$((Get-Module NatsKeys).Path -replace 'module.NatsKeys.psm1', 'NatsKeys.psd1')'; " +
            "try { New-NatsUser U -Account A -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }; (Get-NatsAccount).Name"
        $env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = '1'
        try {
            $result = pwsh -NoProfile -NonInteractive -Command $script
        }
        finally {
            Remove-Item Env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING
        }

        $result[0] | Should -BeLike 'FileAccess,*'
        $result[1] | Should -BeLike "*$env:NATSKEYS_STORE*"
        $result[2] | Should -Be 'A'
        Get-NatsUser | Should -BeNullOrEmpty
    }

    It 'makes users from a CSV file, each with its own account' {
        New-NatsAccount B -Operator O2 | Out-Null
        "Name,Account`nU,A`nV,B" | Set-Content users.csv
        Import-Csv users.csv | ForEach-Object { New-NatsUser $_.Name -Account $_.Account } | Out-Null
        Get-NatsUser | Sort-Object Name | ForEach-Object Account | Should -Be 'A', 'B'
    }

    It 'makes users from a table with times and tags, and goes on after a row that is wrong' {
        $key = $account | Add-NatsSigningKey
        "Name,Expires,Tag`nann,2099-01-31,Night`nbob,soon,`ncyd,," | Set-Content people.csv
        Import-Csv people.csv | New-NatsUser -Account A -SigningKey $key -ErrorVariable failed -ErrorAction SilentlyContinue |
            Export-NatsCredential -Directory out
        $failed.FullyQualifiedErrorId | Should -Be 'InvalidTime,NatsKeys.Commands.NewNatsUserCommand'
        $failed.TargetObject | Should -Be 'bob'
        Get-NatsUser | ForEach-Object { "$($_.Name) $($_.Tags) $($_.Expires.Year)" } | Should -Be 'ann night 2099', 'cyd  '
        Get-NatsUser | ForEach-Object Issuer | Should -Be $key.PublicKey, $key.PublicKey
        Get-ChildItem out | ForEach-Object Name | Should -Be 'ann.creds', 'cyd.creds'
        Get-ChildItem out | Import-NatsCredential | ForEach-Object Matches | Should -Be $true, $true
    }

    It 'takes permissions and limits from a table, and no user from a row that it cannot take' {
        $rows = 'Name,AllowPublish,MaxPayload,SigningKey', 'a,"x.>;y",64kb,', 'b,x,,reader', 'c,,,' | ConvertFrom-Csv
        $made = $rows | New-NatsUser -Account $account.Name -ErrorVariable errors -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'a', 'c'
        $made[0].Permissions.Pub.Allow | Should -Be 'x.>', 'y'
        $made[0].Permissions.Payload | Should -Be 65536
        $made[1].Permissions.Pub.Allow | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -BeLike 'InvalidClaims,*'
        "$errors" | Should -BeLike "*'SigningKey'*"
    }

    It 'makes the people of a CSV file with their roles, and tells of each row that is wrong' {
        $null = $account | Add-NatsSigningKey -Role reader -AllowSubscribe 'data.>'
        $rows = 'Name,Account,Role,Expires,Tags', 'ann,A,reader,90d,"team:x,night"', 'bob,A,raeder,90d,', 'cy,A,reader,soon,', 'dee,A,,,' |
            ConvertFrom-Csv
        $made = $rows | New-NatsUser -ErrorVariable errors -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'ann', 'dee'
        $made[0].Role | Should -Be 'reader'
        $made[0].Tags | Should -Be 'team:x', 'night'
        $errors.Count | Should -Be 2
        "$($errors[0])" | Should -BeLike "*'bob'*Did you mean 'reader'*"
        "$($errors[1])" | Should -BeLike "*'cy'*'soon'*"
        $errors.TargetObject | Should -Be 'bob', 'cy'
    }

    It 'makes users of names in the pipeline' {
        ('a', 'b' | New-NatsUser).Name | Should -Be 'a', 'b'
    }
}
