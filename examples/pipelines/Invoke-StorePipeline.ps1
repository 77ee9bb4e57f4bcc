#requires -Version 7.6

<#
.SYNOPSIS
    Desired state in Git: checks a pull request, and signs, commits and publishes after the merge.
.DESCRIPTION
    The store is in a repository, and people edit its files in pull requests. azure-pipelines.yml and github-workflow.yml beside this script call
    it.

    -Task Test needs no key and changes nothing. It fails if something in the store is wrong, or if servers would reject the edit. It
    shows what will be signed after the merge, and writes a report for the build server. With -Before, it also fails if the edit grants access that
    nobody has approved, and writes a table for a comment of the pull request.

    -Task Apply signs what was edited, commits and pushes the tokens, and publishes every account that differs from that of the servers. It can run
    again at any time: it finishes what an earlier run could not finish.

    No key is created on a build server, which would lose it. Whoever requests an account or user writes its public key as 'subject' into the file,
    and keeps the key pair (New-NatsKeyPair).
.PARAMETER Task
    Test, for a pull request; Apply, after the merge.
.PARAMETER Store
    The folder of the store, in a checkout of the repository.
.PARAMETER ReportPath
    The report of Test: SARIF if the name ends in .sarif, otherwise JUnit XML.
.PARAMETER Before
    The folder of the store as the target branch has it, such as a worktree: 'git worktree add ../target origin/main'.
.PARAMETER AccessPath
    The file for the table of what the edit grants and takes, in Markdown.
.PARAMETER ApproveAccess
    States that a reviewer has approved what the edit grants.
.PARAMETER KeyVaultName
    The Azure Key Vault that has the seeds with which Apply signs, as secrets nats-<public key>: a signing key of the operator, one of the system
    account, and those of the accounts whose users are in the store. The job has signed in with OIDC, so that no secret is in the pipeline.
.PARAMETER SeedVariable
    Instead of a Key Vault: the environment variables that have these seeds.
.PARAMETER Branch
    The branch to which Apply pushes the tokens.
.PARAMETER Server
    The addresses of servers. Default: the service URLs of the operator.
.PARAMETER ServerCount
    The number of servers that must answer.
.INPUTS
    None.
.OUTPUTS
    Test: what will be signed, as text. Apply: the entities that were signed, and the answers of servers.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys, and for Apply git, with a checkout that may push to the branch.
    - For Apply, a Key Vault, the modules Az.Accounts, Az.KeyVault and Microsoft.PowerShell.SecretManagement, and an identity with the role Key Vault
      Secrets User, which trusts only the protected job (federated credential). Put each key there once, where the store is:

        $key = Get-NatsSigningKey -Operator O2
        Set-Secret "nats-$key" ($key | Export-NatsKeyPair -AsSecureString) -Vault nats

      Without a Key Vault: secrets of the pipeline as environment variables, which only the job of Apply gets. Protect it with an environment or a
      branch policy.
    - Servers with a full or cache resolver. A new token of the operator goes into their configuration by hand; a warning says so.
.EXAMPLE
    ./Invoke-StorePipeline.ps1 -Task Test -Store ./nats/store -ReportPath nats.sarif
.EXAMPLE
    ./Invoke-StorePipeline.ps1 -Task Apply -Store ./nats/store -KeyVaultName kv-nats -ServerCount 3
.EXAMPLE
    ./Invoke-StorePipeline.ps1 -Task Apply -Store ./nats/store -SeedVariable NATS_OPERATOR_SEED, NATS_SYSTEM_SEED -ServerCount 3
.LINK
    about_NatsEntityFiles
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [ValidateSet('Test', 'Apply')]
    [string] $Task,

    [Parameter(Mandatory)]
    [string] $Store,

    [string] $ReportPath,

    [string] $Before,

    [string] $AccessPath,

    [switch] $ApproveAccess,

    [string] $KeyVaultName,

    [string[]] $SeedVariable = @(),

    [string] $Branch = 'main',

    [string[]] $Server,

    [ValidateRange(1, 1000)]
    [int] $ServerCount = 1
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

# A build server has no key root, and gets none. What the store or the user has of one stays out of this.
$work = New-Item (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())) -ItemType Directory
$opened = Get-NatsStore $Store -KeyPath (Join-Path $work keys)
$to = @{ ServerCount = $ServerCount }
if ($Server) {
    $to.Server = $Server
}

function Assert-Subject {
    $without = & { Get-NatsOperator -Store $opened; Get-NatsAccount -Store $opened; Get-NatsUser -Store $opened } | Where-Object { -not $_.Subject }
    if ($without) {
        throw "Without a public key: $($without.Path -join ', '). Write one as 'subject' into the file, and keep its key pair."
    }
}

function Invoke-Test {
    # What was edited is not signed yet: the merge is for that.
    $faults = @(Test-NatsStore $opened -Detailed -MinimumSeverity Time | Where-Object Rule -NotIn entity.modified, entity.unsigned)
    if ($ReportPath) {
        $format = [System.IO.Path]::GetExtension($ReportPath) -eq '.sarif' ? 'Sarif' : 'JUnit'
        $faults | ConvertTo-NatsReport $format -BasePath . | Set-Content $ReportPath
    }
    $faults | ForEach-Object { Write-Error "$($_.Path): $($_.Message)" -ErrorAction Continue }
    Assert-Subject

    # A request asks for the same signatures that Update-NatsStore makes, by the same rules, and needs no key.
    $request = New-NatsSigningRequest (Join-Path $work request.yaml) -Store $opened -ErrorAction Continue -ErrorVariable refused
    $request.Signatures.Text

    if ($faults -or $refused) {
        throw "$($faults.Count + $refused.Count) faults. Correct the files."
    }
    if ($Before) {
        Assert-Access
    }
}

# No new access without a reviewer. What is taken away needs none.
function Assert-Access {
    $changes = @(Compare-NatsAccess $Before $opened)
    if ($AccessPath) {
        $changes | ConvertTo-NatsReport Markdown -BasePath . | Set-Content $AccessPath
    }
    $granted = @($changes | Where-Object Change -NE Taken)
    $granted | ForEach-Object { "$_" }
    if ($granted -and -not $ApproveAccess) {
        throw "$($granted.Count) changes grant access. A reviewer must approve them."
    }
}

function Invoke-Apply {
    Assert-Subject
    if ($KeyVaultName) {
        Register-SecretVault -Name nats -ModuleName Az.KeyVault -AllowClobber -VaultParameters @{
            AZKVaultName   = $KeyVaultName
            SubscriptionId = (Get-AzContext).Subscription.Id
        }
        Register-NatsKeySource -Vault nats -SecretName 'nats-{0}' -Force
    }
    if ($SeedVariable) {
        Register-NatsKeySource $SeedVariable -Force
    }
    Update-NatsStore $opened -PassThru
    Save-Token
    if (-not (Test-NatsStore $opened)) {
        throw 'The store is not as it should be: Test-NatsStore -Detailed says why. Nothing was published.'
    }
    foreach ($operator in Get-NatsOperator -Store $opened) {
        Publish-Change $operator
    }
}

# Where others have pushed in the meantime this fails, and their merge starts a run of its own that does it all.
function Save-Token {
    git -C $Store add --all .
    $changes = git -C $Store status --porcelain .
    if ($changes) {
        git -C $Store -c user.name=NatsKeys -c user.email=natskeys@example.com commit --quiet --message 'Sign what was merged [skip ci]'
        git -C $Store push --quiet origin "HEAD:$Branch"
    }
}

function Publish-Change([object] $Operator) {
    $states = @(Compare-NatsAccount -Operator $Operator @to)
    $newer = @($states | Where-Object State -EQ Newer)
    if ($newer) {
        throw "Servers have a newer state of $($newer.Account -join ', '): somebody published it by another way. Look at it with Compare-NatsAccount."
    }

    $behind = $states | Where-Object State -In Missing, Older, Different

    # The system account comes last: whoever publishes is let in by what servers know of it. What they have confirmed, the store need not remember.
    $pending = Test-NatsStore $opened -Operator $Operator -Detailed | Where-Object Rule -EQ audit.unconfirmed-rotation |
        ForEach-Object { "$($_.Path)" }
    Get-NatsAccount -Operator $Operator | Where-Object { $_.Subject -in $behind.PublicKey -or "$($_.Path)" -in $pending } |
        Sort-Object { $_.Name -eq $Operator.SystemAccount } | Publish-NatsAccount @to
    Save-Token
}

try {
    & "Invoke-$Task"
}
finally {
    Remove-Item $work -Recurse -Force
}
