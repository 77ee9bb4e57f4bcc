using System.Management.Automation;
using System.Management.Automation.Host;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Files;
using NatsKeys.KeySources;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Shows what a signing request asks for, and signs each entity that the user agrees to.</summary>
[Cmdlet(VerbsLifecycle.Complete,
    Nouns.SigningRequest, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByPath)]
[OutputType(typeof(NatsSigningRequest))]
public sealed class CompleteNatsSigningRequestCommand : PathCmdlet
{
    private readonly SessionKeyRings keys;

    /// <summary>Creates the cmdlet.</summary>
    public CompleteNatsSigningRequestCommand() => keys = Own(new SessionKeyRings(Stopped));

    /// <summary>
    /// The key that signs: a key pair, a signing key, a public key that is looked up, a seed, the path of a key file, or a script block that signs.
    /// Without it: the keys that the request names, from the key root and the session's sources.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public SigningKeyArgument? SigningKey { get; set; }

    /// <summary>The file to write. By default, the tokens are added to the request's own file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>The digest that New-NatsSigningRequest showed, received by another channel than the file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Digest { get; set; }

    /// <summary>The public key of the operator whose entities are signed. It is remembered once something was signed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? OperatorKey { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The store whose key root has the keys. The entities need not be in it.</summary>
    [Parameter]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    internal override StoreArgument? NamedStore => Store;

    private NatsStore KeyStore => Stores.Open();

    private string? NamedOperator => OperatorKey is null || PublicNkey.Is(OperatorKey.Trim(), NatsKeyType.Operator)
        ? OperatorKey?.Trim()
        : throw new NatsKeysException(ErrorCode.InvalidPublicKey, $"{SecretShape.Show(OperatorKey)} is not the public key of an operator.");

    private bool IsWhatIf => StoreChanges.IsWhatIf(this);

    /// <summary>
    /// Whether the common parameters and variables require this cmdlet to ask. The engine's own question would take Enter for a yes.
    /// </summary>
    private bool MustAsk => !IsWhatIf && (MyInvocation.BoundParameters.TryGetValue("Confirm", out object? typed)
        ? LanguagePrimitives.IsTrue(typed)
        : StoreChanges.PreferenceOf(this) != ConfirmImpact.None);

    private protected override void ProcessFile(string path)
    {
        NatsSigningRequest request = NatsSigningRequest.Read(path, KeyStore);
        RequireDigest(request);
        string target = OutputPath is null ? path : Paths.FileToWrite(OutputPath, System.IO.Path.GetFileName(path));
        if (PathSpelling.Of(target) != PathSpelling.Of(path) && File.Exists(target) && !Force)
        {
            throw new AdvisedException(ErrorCode.FileExists, $"The file '{target}' already exists. Use -Force to overwrite it.") { Path = target };
        }

        using var completion = new SigningRequestCompleter(
            KeyStore,
            keys.Of(KeyStore),
            request,
            SigningKeyArgument.Choose(SigningKey, Paths.Full),
            NamedOperator,
            IsWhatIf);
        foreach (RequestedSignature signature in completion.Waiting.TakeWhile(_ => !Stopping))
        {
            Progress.Next(signature);
            Try(() => Sign(completion, signature), $"{signature.Path}");
        }

        if (!Stopping && completion.Waiting.Any(signature => signature.Token is not null))
        {
            request.Save(target, overwrite: true);
            if (completion.RememberOperator(Stopped) is { } remembered)
            {
                WriteVerbose($"Added the {remembered} to the store {KeyStore.Location}. Later requests are checked with it.");
            }

            Stores.WriteNotices(KeyStore);
            WriteObject(request);
        }
    }

    private void Sign(SigningRequestCompleter completion, RequestedSignature signature)
    {
        string details = completion.Check(signature);
        if (IsAgreedTo($"Sign the {signature.Path} with {signature.SigningKey}?", details))
        {
            completion.Sign(signature);
            WriteVerbose($"Signed {signature.Path} with {signature.SigningKey}.");
        }
    }

    /// <summary>Asks the user, with No as the default: only pressing Enter is not agreement.</summary>
    private bool IsAgreedTo(string question, string details) => MustAsk
        ? UnattendedHost.Confirms(
            this,
            () => Host.UI.PromptForChoice(
                SecretShape.Redact(question),
                SecretShape.Redact(details),
                [new ChoiceDescription("&Yes", "Sign it."), new ChoiceDescription("&No", "Leave it unsigned.")],
                defaultChoice: 1) == 0,
            question,
            isCertain: true)
        : ShouldProcess(SecretShape.Redact($"{question}\n{details}"), SecretShape.Redact(details), SecretShape.Redact(question));

    /// <summary>Requires the specified digest. Grouping and capital letters are accepted, because people copy it by hand.</summary>
    private void RequireDigest(NatsSigningRequest request)
    {
        if (Digest is not null && !string.Concat(Digest.Where(char.IsAsciiLetterOrDigit)).Equals(request.Digest, StringComparison.OrdinalIgnoreCase))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidRequest,
                $"The signing request '{request.Path}' has a different digest than specified: {request.Digest}.") { Path = request.Path };
        }
    }
}
