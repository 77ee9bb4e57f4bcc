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

    /// <summary>Everything that the account states of it.</summary>
    public AccountExport Claims { get; }

    /// <summary>The subject.</summary>
    public override string ToString() => VisibleText.Of(Subject ?? "");
}
