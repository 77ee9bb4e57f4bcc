using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.KeySources;
using NatsKeys.Files;
using NatsKeys.Requests;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Shows what a request asks for, and signs it where that is agreed to.</summary>
[Cmdlet(VerbsLifecycle.Complete, Nouns.SigningRequest, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByPath)]
[OutputType(typeof(NatsSigningRequest))]
public sealed class CompleteNatsSigningRequestCommand : PathCmdlet
{
    private SessionKeyRings? rings;

    /// <summary>
    /// The key that signs: a key pair, a signing key, a public key that is looked up, a seed, the path of a key file, or a script block that signs.
    /// Without it: the keys that the request names, from the key root and the session's sources.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public SigningKeyArgument? SigningKey { get; set; }

    /// <summary>The file to write. Without it the tokens are added to the request's own file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>The digest that New-NatsSigningRequest showed, told in another way than the file came.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Digest { get; set; }

    /// <summary>Signs without a question, and replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The store whose key root has the keys. The entities need not be in it.</summary>
    [Parameter]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    private NatsStore KeyStore => OpenWithKeys(Store);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        rings?.Dispose();
    }

    private protected override void ProcessFile(string path)
    {
        NatsSigningRequest request = NatsSigningRequest.Read(path, KeyStore);
        RequireDigest(request);
        string target = OutputPath is null ? path : FileToWrite(OutputPath, System.IO.Path.GetFileName(path));
        if (PathSpelling.Of(target) != PathSpelling.Of(path) && File.Exists(target) && !Force)
        {
            throw new NatsKeysException(ErrorCode.FileExists, $"The file '{target}' exists already; it is overwritten only when that is asked for.") { Path = target };
        }

        using var completion = new SigningRequestCompletion(KeyStore, (rings ??= new SessionKeyRings(Stopped)).Of(KeyStore), request, SigningKey?.ToChoice(FullPath) ?? SigningKeyChoice.Default);
        foreach (RequestedSignature signature in completion.Waiting.TakeWhile(_ => !Stopping))
        {
            ShowProgress(signature);
            Try(() => Sign(completion, request, signature), $"{signature}");
        }

        if (!Stopping && completion.Waiting.Any(signature => signature.Token is not null))
        {
            request.Save(target, overwrite: true);
            WriteNotices(KeyStore);
            WriteObject(request);
        }
    }

    private void Sign(SigningRequestCompletion completion, NatsSigningRequest request, RequestedSignature signature)
    {
        completion.Check(signature);
        if (IsAgreedTo(request, signature))
        {
            completion.Sign(signature);
            WriteVerbose($"Signed {signature} with {signature.SigningKey}.");
        }
    }

    private bool IsAgreedTo(NatsSigningRequest request, RequestedSignature signature)
    {
        string question = $"Sign the {signature} with {signature.SigningKey}?";
        string details = $"{signature.Text}\nThe request is from {request.Created:u}, and its digest is {request.Digest}.";
        if (!Force || IsAsked("WhatIf", "WhatIfPreference") || IsAsked("Confirm"))
        {
            return ShouldProcess($"{question}\n{details}", details, question);
        }

        WriteVerbose($"{question}\n{details}");
        return true;
    }

    /// <summary>Whether a common parameter, or the variable in its place, says yes.</summary>
    private bool IsAsked(string parameter, string? variable = null) => MyInvocation.BoundParameters.TryGetValue(parameter, out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : variable is not null && LanguagePrimitives.IsTrue(GetVariableValue(variable));

    /// <summary>People may have written it down in groups, and in capital letters.</summary>
    private void RequireDigest(NatsSigningRequest request)
    {
        if (Digest is not null && !string.Concat(Digest.Where(char.IsAsciiLetterOrDigit)).Equals(request.Digest, StringComparison.OrdinalIgnoreCase))
        {
            throw new NatsKeysException(ErrorCode.InvalidRequest, $"The signing request '{request.Path}' is not the one that was announced: its digest is {request.Digest}.") { Path = request.Path };
        }
    }
}
