namespace NatsKeys.Claims;

/// <summary>Something that an account takes from another account.</summary>
public sealed class AccountImport : ClaimObject
{
    /// <summary>A name for people.</summary>
    public string? Name { get; set; }

    /// <summary>The subject on the exporter's side.</summary>
    public string? Subject { get; set; }

    /// <summary>The exporter's public key.</summary>
    public string? Account { get; set; }

    /// <summary>The activation token, for private exports.</summary>
    public string? Token { get; set; }

    /// <summary>Deprecated. Stream: a prefix of the subject on our side. Service: the exporter's subject.</summary>
    public string? To { get; set; }

    /// <summary>The subject on our side; may refer to wildcards as <c>$1</c>, <c>$2</c>.</summary>
    public string? LocalSubject { get; set; }

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Whether the exporter may see who asks (services).</summary>
    public bool Share { get; set; }

    /// <summary>Whether traces may come through (streams).</summary>
    public bool AllowTrace { get; set; }

    internal override void Map(ClaimMap map)
    {
        Name = map.Text("name", Name);
        Subject = map.Text("subject", Subject);
        Account = map.Text("account", Account);
        Token = map.Text("token", Token);
        To = map.Text("to", To);
        LocalSubject = map.Text("local_subject", LocalSubject);
        Type = map.StreamOrService("type", Type);
        Share = map.Flag("share", Share);
        AllowTrace = map.Flag("allow_trace", AllowTrace);
    }
}
