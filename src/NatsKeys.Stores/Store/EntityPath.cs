namespace NatsKeys.Store;

/// <summary>The place of an entity in a store: the names of its operator, of its account and of the user.</summary>
/// <param name="Operator">The operator's name.</param>
/// <param name="Account">The account's name; null for an operator.</param>
/// <param name="User">The user's name; null for an operator or account.</param>
public sealed record EntityPath(string Operator, string? Account = null, string? User = null)
{
    /// <summary>The operator's name, in Unicode's composed form.</summary>
    public string Operator { get; } = EntityName.Compose(Operator);

    /// <summary>The account's name, in Unicode's composed form; null for an operator.</summary>
    public string? Account { get; } = Account is null ? null : EntityName.Compose(Account);

    /// <summary>The user's name, in Unicode's composed form; null for an operator or account.</summary>
    public string? User { get; } = User is null ? null : EntityName.Compose(User);

    /// <summary>The kind of entity at this place.</summary>
    public EntityKind Kind => User is not null ? EntityKind.User : Account is not null ? EntityKind.Account : EntityKind.Operator;

    /// <summary>The entity's own name.</summary>
    public string Name => User ?? Account ?? Operator;

    /// <summary>The place of the entity above; null for an operator.</summary>
    internal EntityPath? Parent => Kind switch
    {
        EntityKind.User => new(Operator, Account),
        EntityKind.Account => new(Operator),
        _ => null,
    };

    /// <summary>Returns the place of a child.</summary>
    /// <param name="name">Its name.</param>
    public EntityPath Child(string name) => Account is null ? new(Operator, name) : new(Operator, Account, name);

    /// <summary>The names from the operator on: <c>O2/A/U</c>.</summary>
    internal string FullName => Account is null ? Operator : User is null ? $"{Operator}/{Account}" : $"{Operator}/{Account}/{User}";

    /// <summary>The place in a form for comparison: names are equal whatever their case, as on Windows and macOS.</summary>
    internal EntityPath Folded
    {
        get
        {
            (string above, string? account, string? user) = (Operator.ToUpperInvariant(), Account?.ToUpperInvariant(), User?.ToUpperInvariant());

            // A text without small letters is returned as it is.
            return ReferenceEquals(above, Operator) && ReferenceEquals(account, Account) && ReferenceEquals(user, User)
                ? this
                : new EntityPath(above, account, user);
        }
    }

    /// <summary>Reads a place as it is displayed: <c>account O2/A</c> or <c>O2/A</c>. Scripts can thus compare a place with text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text has more than three names, or none.</exception>
    public static EntityPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int names = text.Count(character => character == '/') + 1;
        string kind = names is 1 or 2 or 3
            ? $"{(EntityKind)(names - 1)} "
            : throw new FormatException($"'{text}' is not the path of an entity, such as O2/A.");
        string[] parts = (text.StartsWith(kind, StringComparison.OrdinalIgnoreCase) ? text[kind.Length..] : text).Split('/');
        return parts.All(part => part.Length > 0)
            ? new EntityPath(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2))
            : throw new FormatException($"'{text}' is not the path of an entity, such as O2/A.");
    }

    /// <summary>Returns the place as readable text: <c>operator O2</c>, <c>account O2/A</c>, <c>user O2/A/U</c>.</summary>
    public override string ToString() => TextSanitizer.Clean(
        $"{(Account is null ? "operator" : User is null ? "account" : "user")} {FullName}");
}
