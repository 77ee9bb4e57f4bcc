<#
.SYNOPSIS
    Creates short-lived credentials for devices or services, and puts them into a Key Vault. For Azure Automation.
.DESCRIPTION
    The runbook is for a schedule, such as once a day. It signs in with the managed identity of its Automation account. The vault has the tokens of
    the operator and the account, and the seed of a signing key with a role, so the runbook can only create users of that role. For each name it
    creates a user with a new key in a store in memory, and puts the credentials into the vault. The device gets them from there.

    No seed and no credentials are written to a disk. Earlier credentials expire, so nothing has to be revoked or published. Credentials must be
    valid for longer than the time between two runs.
.PARAMETER KeyVaultName
    The Key Vault.
.PARAMETER Name
    The names of the users. They become parts of the names of secrets: letters, digits and dashes.
.PARAMETER Role
    The role of the signing key whose seed the vault has.
.PARAMETER Expires
    How long the credentials are valid, such as 2d.
.PARAMETER SecretPrefix
    The prefix of the names of all secrets.
.INPUTS
    None.
.OUTPUTS
    One object for each user: its name, its role, when its credentials expire, the secret that has them, and its public key.
.NOTES
    Needs:
    - PowerShell 7.6: a runtime environment of the Automation account, or a Hybrid Runbook Worker.
    - The modules NatsKeys, Az.Accounts, Az.KeyVault and Microsoft.PowerShell.SecretManagement. This makes a runtime environment that has them, once.
      Review each package, and state its address and its SHA-256:

        $account = '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Automation/automationAccounts/<account>'
        $packages = @{
            'NatsKeys'                              = 'https://www.powershellgallery.com/api/v2/package/NatsKeys/0.9.0', '<hash>'
            'Microsoft.PowerShell.SecretManagement' = '<address>', '<hash>'
            'Az.Accounts'                           = '<address>', '<hash>'
            'Az.KeyVault'                           = '<address>', '<hash>'
        }
        $runtime = @{ location = '<region>'; properties = @{ runtime = @{ language = 'PowerShell'; version = '7.6' } } } | ConvertTo-Json -Depth 4
        Invoke-AzRestMethod -Method PUT -Path "$account/runtimeEnvironments/nats?api-version=2024-10-23" -Payload $runtime
        foreach ($name in $packages.Keys) {
            $uri, $hash = $packages[$name]
            $content = @{ uri = $uri; contentHash = @{ algorithm = 'SHA256'; value = $hash } }
            Invoke-AzRestMethod -Method PUT -Path "$account/runtimeEnvironments/nats/packages/${name}?api-version=2024-10-23" `
                -Payload (@{ properties = @{ contentLink = $content } } | ConvertTo-Json -Depth 4)
        }
    - A managed identity with the role Key Vault Secrets Officer for the vault.
    - In the vault: nats-operator-jwt and nats-account-jwt, the tokens; nats-<public key>, the seed of the signing key. Once, where the store is:

        $vault = @{ Vault = 'nats' }
        Set-Secret nats-operator-jwt (Get-NatsOperator O2).Jwt @vault
        Set-Secret nats-account-jwt (Get-NatsAccount FLEET).Jwt @vault
        $key = Get-NatsSigningKey device -Account FLEET
        Set-Secret "nats-$key" ($key | Export-NatsKeyPair -AsSecureString) @vault

    Set nats-account-jwt again when the list of signing keys changes.
.EXAMPLE
    ./Update-DeviceCredential.ps1 -KeyVaultName kv-nats -Name pump-1, pump-2 -Role device -Expires 2d
.LINK
    about_NatsKeySources
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $KeyVaultName,

    [Parameter(Mandatory)]
    [ValidatePattern('^[0-9A-Za-z-]+$')]
    [string[]] $Name,

    [Parameter(Mandatory)]
    [string] $Role,

    [string] $Expires = '2d',

    [ValidatePattern('^[0-9A-Za-z-]*$')]
    [string] $SecretPrefix = 'nats-'
)

$ErrorActionPreference = 'Stop'
$vault = 'nats'

Connect-AzAccount -Identity | Out-Null
Register-SecretVault -Name $vault -ModuleName Az.KeyVault -AllowClobber -VaultParameters @{
    AZKVaultName   = $KeyVaultName
    SubscriptionId = (Get-AzContext).Subscription.Id
}

# Tokens are no secrets: they may pass through files on their way into the store.
$store = New-NatsStore -InMemory
$folder = New-Item (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())) -ItemType Directory
try {
    foreach ($kind in 'operator', 'account') {
        Get-Secret "${SecretPrefix}$kind-jwt" -Vault $vault -AsPlainText | Set-Content (Join-Path $folder "$kind.jwt")
    }
    $account = Import-NatsStore $folder -Store $store -PassThru | Where-Object Kind -EQ Account
}
finally {
    Remove-Item $folder -Recurse
}

# The seed of the signing key comes from the vault when it is needed.
Register-NatsKeySource -Vault $vault -SecretName "$SecretPrefix{0}" -Force

# Five properties are shown as a list. A table waits for its next rows, and is lost if an error ends the job.
$failed = @()
foreach ($each in $Name) {
    try {
        $user = New-NatsUser $each -Account $account -SigningKey $Role -Expires $Expires
        $secret = "${SecretPrefix}creds-$each"
        Set-Secret $secret ($user | Export-NatsCredential -AsSecureString) -Vault $vault
        [pscustomobject] @{ Name = $user.Name; Role = $Role; Expires = $user.Expires; Secret = $secret; PublicKey = $user.Subject }
    }
    catch {
        Write-Error "No credentials for ${each}: $_" -ErrorAction Continue
        $failed += $each
    }
}

# The job is shown as failed; the others have got their credentials.
if ($failed) {
    throw "No credentials for $($failed -join ', ')."
}
