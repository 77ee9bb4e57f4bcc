# Evaluated while the tests are looked for, as -Skip is.
$withoutTestJson = -not (Get-Command Test-Json -ErrorAction Ignore)

Describe 'The schemas of entity files' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        $folder = Join-Path (Get-Module NatsKeys).ModuleBase module schemas
        $key = 'ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV'
    }

    It 'lie beside the module: <_>' -ForEach 'operator', 'account', 'user', 'store' {
        $schema = Get-Content (Join-Path $folder "$_.schema.json") -Raw | ConvertFrom-Json
        $schema.'$schema' | Should -Be 'http://json-schema.org/draft-07/schema#'
        $schema.properties | Should -Not -BeNullOrEmpty
    }

    It 'name the kinds by which the files of new entities are found' {
        New-NatsStore -Path (Join-Path $TestDrive store) -KeyPath (Join-Path $TestDrive keys) -OutVariable store |
            ForEach-Object { New-NatsOperator O -Store $_ } | New-NatsAccount A | New-NatsUser U | Out-Null
        foreach ($file in 'O/operator.yaml', 'O/accounts/A/account.yaml', 'O/accounts/A/users/U.yaml') {
            $kind = (Get-Content (Join-Path $store.Location $file) -TotalCount 1) -replace '^kind: '
            $schema = Get-Content (Join-Path $folder "$kind.schema.json") -Raw | ConvertFrom-Json
            $schema.properties.kind.enum | Should -Be $kind
        }
    }

    It 'accept an account' -Skip:$withoutTestJson {
        $json = @"
{
  "kind": "account", "name": "A", "subject": "$key", "tags": ["team:billing"], "expires": "2027-11-23T00:00:00Z",
  "claims": {
    "limits": { "conn": 100, "tiered_limits": { "R1": { "disk_storage": -1 } } },
    "signing_keys": ["$key", { "key": "$key", "role": "sensor", "template": { "pub": { "allow": ["tele.{{name()}}.>"] } } }],
    "exports": [{ "subject": "orders.>", "type": "stream" }],
    "revocations": { "*": 1700000000 },
    "x_future": [1]
  }
}
"@
        Test-Json -Json $json -SchemaFile (Join-Path $folder account.schema.json) | Should -BeTrue
    }

    It 'refuse <mistake>' -Skip:$withoutTestJson -ForEach @(
        @{ mistake = 'another kind'; json = '{"kind":"user"}' }
        @{ mistake = 'a misspelled member'; json = '{"kind":"account","nmae":"A"}' }
        @{ mistake = 'a key of another type'; json = '{"kind":"account","subject":"ODMYCI5TSZY6MFLOBBQ2RNRBRAXRKJKAC5UACRC6H6CJXCLR2STTGAAQ"}' }
        @{ mistake = 'a duration'; json = '{"kind":"account","expires":"30d"}' }
        @{ mistake = 'a size as text'; json = '{"kind":"account","claims":{"limits":{"payload":"64kb"}}}' }
        @{ mistake = 'a claim that stands elsewhere'; json = '{"kind":"account","claims":{"tags":["a"]}}' }
        @{ mistake = 'an export without a type'; json = '{"kind":"account","claims":{"exports":[{"subject":"a"}]}}' }
    ) {
        Test-Json -Json $json -SchemaFile (Join-Path $folder account.schema.json) -ErrorAction Ignore | Should -BeFalse
    }
}
