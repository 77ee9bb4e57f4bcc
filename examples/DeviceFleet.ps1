<#
.SYNOPSIS
    A fleet of devices whose permissions are those of a role: many users, one scoped signing key, nothing to keep in step.
.DESCRIPTION
    Makes an operator with a signing key, an account FLEET with the roles 'device' and 'dashboard', and a user with credentials for each row
    of a table. The template of a role names the device, so that each may speak for itself alone. Then a device is retired and the role is
    widened: neither needs a look at the other devices. Everything lies in one new folder, whose name is printed.
.PARAMETER Path
    The folder to work in. It must not exist yet. Default: a new folder in the current one, with the time in its name.
.PARAMETER Device
    The devices: objects with the properties Name and Expires, such as Import-Csv gives them.
.NOTES
    Needs: the module NatsKeys, in PowerShell 7.6 or in NatsKeys.Shell. A nats-server to try what was made; nothing connects to it here.
.EXAMPLE
    dotnet run --project src/NatsKeys.Shell -- examples/DeviceFleet.ps1
.EXAMPLE
    ./examples/DeviceFleet.ps1 -Path ./fleet -Device (Import-Csv devices.csv)
#>
[CmdletBinding()]
param(
    [string] $Path = "device-fleet-$(Get-Date -Format 'yyyyMMdd-HHmmss-fff')",

    [object[]] $Device = @(
        [pscustomobject] @{ Name = 'pump-1'; Expires = '365d' }
        [pscustomobject] @{ Name = 'pump-2'; Expires = '365d' }
        [pscustomobject] @{ Name = 'valve-1'; Expires = 'Never' }
        [pscustomobject] @{ Name = 'retired-1'; Expires = '365d' }
    )
)

$ErrorActionPreference = 'Stop'

function Show-Step([string] $Text) { Write-Host "`n### $Text" }

if (Test-Path -LiteralPath $Path) {
    throw "'$Path' exists already. Give another folder with -Path, or remove it."
}
$folder = New-Item $Path -ItemType Directory

Show-Step 'An operator with a signing key, which signs the account'
$store = New-NatsStore -Path (Join-Path $folder store) -KeyPath (Join-Path $folder keys)
$operator = New-NatsOperator -Name Works -GenerateSigningKey -Store $store
$operatorKey = Get-NatsSigningKey -Operator $operator
$fleet = New-NatsAccount -Name FLEET -Operator $operator -SigningKey $operatorKey -MaxPayload 64kb -DisallowBearer
$fleet | Out-Host

Show-Step 'Two roles. What a role may do stands in the account; its users bring nothing of their own'
$fleet | Add-NatsSigningKey -Role device -Description 'Reports for itself and takes its own commands' -SigningKey $operatorKey `
    -AllowPublish 'tele.{{name()}}.>' -AllowSubscribe 'cmd.{{name()}}.>' | Out-Null
$fleet | Add-NatsSigningKey -Role dashboard -SigningKey $operatorKey -AllowSubscribe 'tele.>' -AllowPublish 'cmd.>' | Out-Null
Get-NatsSigningKey -Account $fleet | Out-Host

Show-Step 'One user for each row of the table, signed by the key of the role, with a credentials file each'
$Device | New-NatsUser -Account $fleet -SigningKey device | Export-NatsCredential -Directory (Join-Path $folder creds)
New-NatsUser -Name dashboard -Account $fleet -SigningKey dashboard | Export-NatsCredential -Directory (Join-Path $folder creds)
Get-NatsUser -Account $fleet | ForEach-Object { "$($_.Name): role $($_.Role), issued by $($_.Issuer), $($_.State)" }

Show-Step 'What a server would say'
$first = Get-NatsUser $Device[0].Name -Account $fleet
"$first may report for itself: $(Test-NatsPermission -User $first -Publish "tele.$first.temperature")"
"$first may report for another device: $(Test-NatsPermission -User $first -Publish 'tele.somebody-else.temperature')"

Show-Step 'A device is retired: it is revoked, so that its credentials are of no use to whoever finds them'
Get-NatsUser $Device[-1].Name -Account $fleet | Remove-NatsUser -Confirm:$false -SigningKey $operatorKey
Get-NatsRevocation -Account $fleet | Out-Host

Show-Step 'The role is widened: every device may log from now on, and none of them is signed again'
Get-NatsSigningKey device -Account $fleet | Set-NatsSigningKey -AddAllowPublish 'log.{{name()}}' -SigningKey $operatorKey
"$first may log: $(Test-NatsPermission -User $first -Publish "log.$first")"

Show-Step 'What a server needs'
New-NatsServerConfig -Operator $operator -Resolver Memory -Path (Join-Path $folder server.conf)

Show-Step 'Done'
"Credentials  $(Join-Path $folder creds)"
"Server       nats-server -c $(Join-Path $folder server.conf)"
"Remove the folder '$folder' to remove everything."
