using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>Something that an account offers to other accounts.</summary>
public sealed class NatsExport : AccountItem
{
    internal NatsExport(NatsAccount account, AccountExport claims)
        : base(account)
    {
        Claims = claims;
    }

    /// <summary>A name for people.</summary>
    public string? Name => Claims.Name;

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type => Claims.Type;

    /// <summary>The subject that is offered.</summary>
    public string? Subject => Claims.Subject;

    /// <summary>Whether importers need an activation.</summary>
    public bool IsPrivate => Claims.TokenReq;

    /// <summary><c>private</c> where importers need an activation, else <c>public</c>.</summary>
    public string Access => IsPrivate ? "private" : "public";

    /// <summary>A description for people.</summary>
    public string? Description => Claims.Description;

    /// <summary>What it has beside its type, subject and access, for people.</summary>
    public string Details => ClaimSummary.Join(Name, ClaimSummary.Traits(Claims), Description);

    /// <summary>Everything that the account states of it.</summary>
    public AccountExport GetClaims() => Claims;

    internal AccountExport Claims { get; }

    /// <summary>Its name, type, subject and access.</summary>
    public override string ToString() => TextSanitizer.Clean(
        $"{ClaimSummary.Label(Name)}{Type ?? "?"} {Subject} ({ClaimSummary.Join(Access, ClaimSummary.Traits(Claims))})");
}
