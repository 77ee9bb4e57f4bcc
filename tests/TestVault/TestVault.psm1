# What SecretManagement offers, as far as the tests need it: its parameters, and its errors with their ids. Vaults live in memory; the bare
# engine must be able to run this.

$vaults = @{}
$script:isLocked = $false
$script:asked = @()

function Set-Secret {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [object] $Secret, [Parameter(Mandatory)] [string] $Vault)
    if (-not $vaults.ContainsKey($Vault)) {
        $vaults[$Vault] = @{}
    }
    $vaults[$Vault][$Name] = $Secret
}

function Get-Secret {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Position = 1)] [string] $Vault, [switch] $AsPlainText)
    $script:asked += $Name
    if (-not $vaults.ContainsKey($Vault)) {
        $PSCmdlet.ThrowTerminatingError((Fault InvalidOperationException "Vault not found in registry: $Vault" GetSecretVaultNotFound ObjectNotFound))
    }
    if ($script:isLocked) {
        # The extension of the vault fails, and then there is no secret.
        $text = "Unable to get secret $Name from vault $Vault"
        $PSCmdlet.WriteError((Fault InvalidOperationException $text GetSecretInvalidOperation InvalidOperation 'The vault is locked.'))
    }
    elseif ($vaults[$Vault].ContainsKey($Name)) {
        return $vaults[$Vault][$Name]
    }
    $PSCmdlet.WriteError((Fault Management.Automation.ItemNotFoundException "The secret $Name was not found." GetSecretNotFound ObjectNotFound))
}

# The names that were asked for, in turn.
function Get-AskedSecret { $script:asked }

function Lock-TestVault { $script:isLocked = $true }

function Unlock-TestVault { $script:isLocked = $false }

function Fault([type] $type, [string] $message, [string] $id, [System.Management.Automation.ErrorCategory] $category, [string] $inner) {
    $cause = if ($inner) { [InvalidOperationException]::new($inner) }
    [System.Management.Automation.ErrorRecord]::new($type::new($message, $cause), $id, $category, $null)
}

Export-ModuleMember -Function Get-Secret, Set-Secret, Get-AskedSecret, Lock-TestVault, Unlock-TestVault
