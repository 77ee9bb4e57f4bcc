Describe 'New-NatsOperator' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'is the head of the walkthrough' {
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential ./U.creds
        './U.creds' | Should -FileContentMatch 'BEGIN NATS USER JWT'
        Get-NatsUser U | Test-NatsJwt | Should -BeTrue
    }

    It 'makes one operator for each row of a CSV file' {
        "Name,Tag`nOne,a`nTwo,b" | Set-Content operators.csv
        Import-Csv operators.csv | ForEach-Object { New-NatsOperator $_.Name -Tag $_.Tag } | Select-Object -ExpandProperty Name |
            Should -Be 'One', 'Two'
        (Get-NatsOperator Two).Tags | Should -Be 'b'
    }
}
