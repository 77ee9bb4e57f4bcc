namespace NatsKeys.Claims;

/// <summary>
/// An entry of an account's <c>signing_keys</c>: a bare public key, or a scope, which gives every user that the key signs the
/// permissions of a template.
/// </summary>
public sealed class AccountSigningKey : ClaimObject, IPlainForm
{
    private const string UserScope = "user_scope";

    /// <summary>The account public key that signs.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether the entry is a scope.</summary>
    public bool IsScoped { get; set; }

    /// <summary>The role's name; may be empty.</summary>
    public string? Role { get; set; }

    /// <summary>What users that the key signs may do.</summary>
    public UserPermissions Template { get; set; } = NewTemplate();

    /// <summary>A description for people.</summary>
    public string? Description { get; set; }

    /// <inheritdoc/>
    string? IPlainForm.Plain
    {
        get => IsScoped ? null : Key;
        set => (Key, IsScoped) = (value ?? "", false);
    }

    /// <summary>The public key, or the scope as it stands in the token.</summary>
    public override string ToString() => IsScoped ? base.ToString() : Key;

    internal override void Map(ClaimMap map)
    {
        string? kind = map.Text("kind", UserScope, always: true);
        if (kind != UserScope)
        {
            throw new NatsKeysException(ErrorCode.TokenMalformed, $"A scoped signing key has the kind '{kind}'; only '{UserScope}' is known.");
        }

        IsScoped = true;
        Key = map.Text("key", Key, always: true) ?? "";
        Role = map.Text("role", Role, always: true);
        Template = map.Object("template", Template);
        Description = map.Text("description", Description, always: true);
    }

    /// <summary>In a scope, unlike in a user, absent numbers mean no limit.</summary>
    private static UserPermissions NewTemplate() => new() { AbsentLimit = -1 };
}
