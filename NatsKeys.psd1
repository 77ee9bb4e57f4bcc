@{
    RootModule           = 'module/NatsKeys.psm1'
    ModuleVersion        = '0.9.0'
    GUID                 = '1ba24b8b-20a9-4a9b-a72f-8f15671f1ee7'
    Author               = 'The NatsKeys authors'
    CompanyName          = 'The NatsKeys authors'
    Copyright            = '(c) The NatsKeys authors. MIT License.'
    Description          = 'Creates and signs operators, accounts, users and signing keys for NATS decentralized authentication. Replaces keys that leaked.'

    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')

    FormatsToProcess     = @('module/NatsKeys.Format.ps1xml')
    TypesToProcess       = @('module/NatsKeys.Types.ps1xml')

    # Named one by one: a wildcard would make the engine load the module to find out what a command name means.
    CmdletsToExport      = @(
        'Compare-NatsAccount'
        'Get-NatsAccount'
        'New-NatsAccount'
        'Publish-NatsAccount'
        'Receive-NatsAccount'
        'Remove-NatsAccount'
        'Rename-NatsAccount'
        'Set-NatsAccount'
        'Unpublish-NatsAccount'
        'New-NatsActivation'
        'Get-NatsAuthCallout'
        'Remove-NatsAuthCallout'
        'Set-NatsAuthCallout'
        'Test-NatsConnection'
        'Export-NatsContext'
        'Export-NatsCredential'
        'Import-NatsCredential'
        'ConvertTo-NatsDiagram'
        'Add-NatsExport'
        'Get-NatsExport'
        'Remove-NatsExport'
        'Set-NatsExport'
        'Add-NatsImport'
        'Get-NatsImport'
        'Remove-NatsImport'
        'Set-NatsImport'
        'Get-NatsJetStreamLimit'
        'Remove-NatsJetStreamLimit'
        'Set-NatsJetStreamLimit'
        'ConvertFrom-NatsJwt'
        'ConvertTo-NatsJwt'
        'Test-NatsJwt'
        'Export-NatsKeyPair'
        'Get-NatsKeyPair'
        'Import-NatsKeyPair'
        'New-NatsKeyPair'
        'Remove-NatsKeyPair'
        'Get-NatsKeySource'
        'Register-NatsKeySource'
        'Unregister-NatsKeySource'
        'Protect-NatsKeyStore'
        'Unlock-NatsKeyStore'
        'Unprotect-NatsKeyStore'
        'Get-NatsKeyUsage'
        'Protect-NatsMessage'
        'Unprotect-NatsMessage'
        'Get-NatsOperator'
        'New-NatsOperator'
        'Remove-NatsOperator'
        'Rename-NatsOperator'
        'Set-NatsOperator'
        'Update-NatsOperatorKey'
        'Test-NatsPermission'
        'ConvertTo-NatsReport'
        'Add-NatsRevocation'
        'Get-NatsRevocation'
        'Remove-NatsRevocation'
        'Get-NatsRotation'
        'New-NatsServerConfig'
        'New-NatsSignature'
        'Test-NatsSignature'
        'Add-NatsSigningKey'
        'Get-NatsSigningKey'
        'Remove-NatsSigningKey'
        'Set-NatsSigningKey'
        'Update-NatsSigningKey'
        'Complete-NatsSigningRequest'
        'New-NatsSigningRequest'
        'Export-NatsStore'
        'Get-NatsStore'
        'Import-NatsStore'
        'New-NatsStore'
        'Test-NatsStore'
        'Update-NatsStore'
        'Add-NatsSubjectMapping'
        'Get-NatsSubjectMapping'
        'Remove-NatsSubjectMapping'
        'Get-NatsUser'
        'New-NatsUser'
        'Remove-NatsUser'
        'Rename-NatsUser'
        'Set-NatsUser'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('NATS', 'nkeys', 'JWT', 'Security', 'Credentials', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'

            # build.ps1 fills in the newest part of the changelog.
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
