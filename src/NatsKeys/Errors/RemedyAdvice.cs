using System.Management.Automation.Language;
using NatsKeys.Signing;

namespace NatsKeys.Errors;

/// <summary>
/// Advice for errors and notices, with the cmdlet or parameter to use. The libraries name only the remedy. Its sentence is appended to their message.
/// </summary>
internal static class RemedyAdvice
{
    /// <summary>The sentence for a remedy.</summary>
    /// <param name="remedy">The remedy.</param>
    /// <param name="item">What it applies to; null if that is unknown.</param>
    public static string For(Remedy remedy, string? item = null) => remedy switch
    {
        Remedy.Overwrite => "Use -Force to overwrite it.",
        Remedy.CheckStore => "Check the store with Test-NatsStore.",
        Remedy.CreateStore => "Create a store with New-NatsStore.",
        Remedy.NameOtherStores =>
            "Name such stores with -OtherStore, or use -Force if there are none. Get-NatsKeyPair -Unreferenced shows the keys.",
        Remedy.OpenStore => "Open it with Get-NatsStore -Path.",
        Remedy.OpenBucket => "Open it with Get-NatsStore -Bucket.",
        Remedy.UseFewerReplicas => "Use fewer with -Replicas.",
        Remedy.UnlockKeyRoot => "Unlock-NatsKeyStore unlocks it.",
        Remedy.CreateOperator => "The store is empty. Create an operator with New-NatsOperator, or specify another store with -Store.",
        Remedy.CreateAccount => "Create one with New-NatsAccount.",
        Remedy.TakeExisting => "Choose another name, or accept the existing one with -IfExists Skip or Update.",
        Remedy.ChoosePrefix => "Specify another one with -Prefix.",
        Remedy.ListOperators => "Get-NatsOperator lists the operators.",
        Remedy.ListAccounts => "Get-NatsAccount lists the accounts.",
        Remedy.ListUsers => "Get-NatsUser lists the users.",
        Remedy.CreateRole => "Add-NatsSigningKey -Role creates one.",
        Remedy.ListRoles => "Get-NatsSigningKey lists the signing keys and their roles.",
        Remedy.ListExports => "Get-NatsExport lists the exports.",
        Remedy.ListImports => "Get-NatsImport lists the imports.",
        Remedy.ListMappings => "Get-NatsSubjectMapping lists the mappings.",
        Remedy.ListRevocations => "Get-NatsRevocation lists the revocations.",
        Remedy.ChangeRole => $"To change what all users of the role may do, use Set-NatsSigningKey{(item is null ? "" : " " + Argument(item))}.",
        Remedy.NameOperator => "Specify one with -Operator.",
        Remedy.NameAccount => "Specify one with -Account or -Operator.",
        Remedy.NameImport => "Specify its type and the exporting account, or pipe an import from Get-NatsImport.",
        Remedy.NameRole => "Specify a role with -Role.",
        Remedy.NameSigningKey => "Specify one with -SigningKey.",
        Remedy.UseOtherSigningKey => "Sign the pending entities with another key (-SigningKey).",
        Remedy.UseRequestedKey => "Specify one of these keys with -SigningKey, or omit the parameter.",
        Remedy.AddSigningKey => "Add a signing key with Add-NatsSigningKey, or pass a listed one with -SigningKey.",
        Remedy.SignFile => "Sign it with Update-NatsStore.",
        Remedy.ProvideKey => "Pass it with -Key.",
        Remedy.ChangeExport => "Use Set-NatsExport to change it.",
        Remedy.ChangeImport => "Use Set-NatsImport to change it.",
        Remedy.RemoveMapping => "Remove it with Remove-NatsSubjectMapping.",
        Remedy.RemoveJetStreamLimits => "First remove the JetStream limits with Remove-NatsJetStreamLimit.",
        Remedy.CreateActivation => "Create an activation with New-NatsActivation and pass it with -Token.",
        Remedy.ShowRevocations => "Get-NatsRevocation shows it.",
        Remedy.RevokeAgain => "To keep it out, revoke it again with Add-NatsRevocation.",
        Remedy.RevokeOldToken => "Revoke it with Add-NatsRevocation.",
        Remedy.AdmitUser => "To admit the user again, sign it with Set-NatsUser, or lift the revocation with Remove-NatsRevocation.",
        Remedy.ReplaceOnServers => "Replace it with Publish-NatsAccount -Force.",
        Remedy.RemoveChildren => "Use -Recurse to remove what is below it as well.",
        Remedy.RemoveUnrevoked => "To remove the user without revoking it, use -NoRevocation.",
        Remedy.SetSystemAccount =>
            "Create an account for it with New-NatsAccount, such as SYS, unless there is one. Then set it with Set-NatsOperator -SystemAccount.",
        Remedy.ReplaceSystemAccount => "First set another one with Set-NatsOperator -SystemAccount, or clear it with ''.",
        Remedy.ExportCredentials => "Create them with Export-NatsCredential, or use -ExportCredential.",
        Remedy.ProvideCredentials => "Set it to the path of a credentials file, or open the bucket with Get-NatsStore -Bucket -Credential.",
        Remedy.CompleteRequest => "Complete-NatsSigningRequest signs it where the keys are.",
        Remedy.ImportRequest => "Import it with Import-NatsStore into the store that it comes from.",
        Remedy.ConfirmOperator => "Verify the key with its owner, and pass it with -OperatorKey.",
        Remedy.ReceiveAccount => "Get it with Receive-NatsAccount, or compare it with Compare-NatsAccount.",
        Remedy.CompareAccount => "Show the differences with Compare-NatsAccount.",
        Remedy.UpdateServers =>
            "Compare the account with Compare-NatsAccount and publish it with Publish-NatsAccount, or configure the servers with "
                + "New-NatsServerConfig.",
        Remedy.ProvideCertificate => "Specify it with -Certificate and -CertificateKey.",
        Remedy.ProvideCertificateKey => "Specify its file with -CertificateKey.",
        Remedy.ProvideCertificatePassphrase => "Specify it with -CertificatePassphrase, or in NATSKEYS_CERTIFICATE_PASSPHRASE.",
        Remedy.StartWithTls => "If so, use -TlsFirst.",
        _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy, "There is no advice for this remedy."),
    };

    /// <summary>Appends the sentence for a remedy, if any, to a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="remedy">The remedy.</param>
    /// <param name="item">What the remedy applies to; null if that is unknown.</param>
    public static string AddTo(string message, Remedy? remedy, string? item = null) =>
        remedy is { } known ? $"{message.TrimEnd('.')}. {For(known, item)}" : message;

    /// <summary>
    /// Appends the sentence for its remedy to the message of an error, because code that catches the error may show only the message.
    /// </summary>
    /// <param name="error">The error that a library threw.</param>
    public static NatsKeysException AddTo(NatsKeysException error)
    {
        if (error.Remedy is null)
        {
            return error;
        }

        var advised = new NatsKeysException(error.Code, AddTo(error.Message, error.Remedy, error.RemedyItem), error)
        {
            Path = error.Path, Remedy = error.Remedy,
        };
        return error is SigningKeyException ? new SigningKeyException(advised) : advised;
    }

    /// <summary>A name as it can be typed behind a cmdlet.</summary>
    private static string Argument(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('-')
        ? name
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
