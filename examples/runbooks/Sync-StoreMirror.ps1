<#
.SYNOPSIS
    Copies a store in a bucket to a folder in Git, with one commit for what changed. For a timer, or after each change.
.DESCRIPTION
    Writes the entities of a store to a folder, byte for byte, removes those that the store no longer has, and commits the result. If the folder
    is not a repository, it becomes one. If the repository has a remote, the commit is pushed; if that fails, the next run pushes it. If nothing
    changed, nothing is committed.

    No key is needed: nothing is signed, and the folder has no secret. Only one process may use the folder at a time.
.PARAMETER Path
    The folder of the mirror. If it does not exist, it is created.
.PARAMETER Store
    The store. Default: the store that the environment variable NATSKEYS_STORE names.
.PARAMETER Message
    The message of the commit.
.INPUTS
    None.
.OUTPUTS
    The hash of the new commit; nothing if nothing changed.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys.
    - git, with a name and an address for commits (user.name, user.email), and the right to push if there is a remote.
    - NATSKEYS_CREDENTIAL: the credentials of a user who may read the bucket. docs/buckets.md lists its permissions.
.EXAMPLE
    ./Sync-StoreMirror.ps1 -Path ./mirror -Store nats://host:4222/natskeys
.EXAMPLE
    Watch-NatsStore | ForEach-Object { ./Sync-StoreMirror.ps1 -Path ./mirror }
.LINK
    about_NatsEntityFiles
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [string] $Store,

    [string] $Message = 'Changes of the store'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$from = if ($Store) { @{ Store = $Store } } else { @{} }

if (-not $PSCmdlet.ShouldProcess($Path, 'Copy the store, commit and push')) {
    return
}

Export-NatsStore $Path -AsFolder -Force @from
if (-not (Test-Path -LiteralPath (Join-Path $Path .git))) {
    git -C $Path init --quiet
}

git -C $Path add --all
if (git -C $Path status --porcelain) {
    git -C $Path commit --quiet --message $Message
    git -C $Path rev-parse HEAD
}

# What no remote has is pushed, also if an earlier run committed it. A branch that this script began tracks none yet.
$remote = git -C $Path remote | Sort-Object { $_ -ne 'origin' } | Select-Object -First 1
if ($remote -and (git -C $Path rev-list --max-count=1 HEAD --not --remotes)) {
    $tracked = git -C $Path for-each-ref '--format=%(upstream)' (git -C $Path symbolic-ref HEAD)
    $target = if ($tracked) { @() } else { '--set-upstream', $remote, 'HEAD' }
    git -C $Path push --quiet @target
}
