using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Store;

/// <summary>Something that an account takes from another account.</summary>
public sealed class NatsImport : AccountItem
{
    internal NatsImport(NatsAccount account, AccountImport claims)
        : base(account)
    {
        Claims = claims;
    }

    /// <summary>A name for people.</summary>
    public string? Name => Claims.Name;

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type => Claims.Type;

    /// <summary>The subject on the exporter's side.</summary>
    public string? Subject => Claims.Subject;

    /// <summary>The subject on the importer's side, where it is another one.</summary>
    public string? LocalSubject => Claims.LocalSubject;

    /// <summary>The public key of the exporting account.</summary>
    public string? From => Claims.Account;

    /// <summary>The activation, where the import has one that can be read.</summary>
    public NatsJwt? Activation => JwtReader.TryRead(Claims.Token);

    /// <summary>Everything that the account states of it.</summary>
    public AccountImport Claims { get; }

    /// <summary>The subject.</summary>
    public override string ToString() => VisibleText.Of(Subject ?? "");
}
