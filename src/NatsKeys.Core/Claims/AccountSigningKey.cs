namespace NatsKeys.Claims;

/// <summary>
/// An entry of an account's <c>signing_keys</c>: a plain public key, or a scope, whose template has the permissions of all users that the key signs.
/// </summary>
public sealed class AccountSigningKey : ClaimObject, IPlainForm
{
    private const string UserScope = "user_scope";

    private string key = "";
    private bool isScoped;
    private string? role;
    private UserPermissions template = NewTemplate();
    private string? description;

    /// <summary>The public key, of the account type.</summary>
    public string Key { get => key; set => Set(ref key, value); }

    /// <summary>Whether the entry is a scope.</summary>
    public bool IsScoped { get => isScoped; set => Set(ref isScoped, value); }

    /// <summary>The role's name, which may be empty.</summary>
    public string? Role { get => role; set => Set(ref role, value); }

    /// <summary>The permissions of users that the key signs.</summary>
    public UserPermissions Template { get => template; set => Set(ref template, value); }

    /// <summary>The description.</summary>
    public string? Description { get => description; set => Set(ref description, value); }

    /// <inheritdoc/>
    string? IPlainForm.Plain
    {
        get => IsScoped ? null : Key;
        set => (Key, IsScoped) = (value ?? "", false);
    }

    /// <summary>The public key, or the JSON text of the scope.</summary>
    public override string ToString() => IsScoped ? base.ToString() : Key;

    internal override void Map(ClaimMap map)
    {
        string? kind = UserScope;
        map.Text("kind", ref kind, always: true);
        if (kind != UserScope)
        {
            throw new NatsKeysException(
                ErrorCode.TokenMalformed, $"A scoped signing key has the unknown kind '{kind}'. The only known kind is '{UserScope}'.");
        }

        string? read = key;
        map.Text("key", ref read, always: true);
        if (map.Reads)
        {
            (isScoped, key) = (true, read ?? "");
        }

        map.Text("role", ref role, always: true);
        map.Object("template", ref template);
        map.Text("description", ref description, always: true);
    }

    /// <summary>Creates a template. In a scope, unlike in a user, absent numbers mean no limit.</summary>
    private static UserPermissions NewTemplate() => new() { AbsentLimit = -1 };
}
