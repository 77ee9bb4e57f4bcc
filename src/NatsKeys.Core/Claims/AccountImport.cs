namespace NatsKeys.Claims;

/// <summary>An import of an account.</summary>
public sealed class AccountImport : ClaimObject
{
    private string? name;
    private string? subject;
    private string? account;
    private string? token;
    private string? to;
    private string? localSubject;
    private string? type;
    private bool share;
    private bool allowTrace;

    /// <summary>The display name.</summary>
    public string? Name { get => name; set => Set(ref name, value); }

    /// <summary>The subject in the exporting account.</summary>
    public string? Subject { get => subject; set => Set(ref subject, value); }

    /// <summary>The exporter's public key.</summary>
    public string? Account { get => account; set => Set(ref account, value); }

    /// <summary>The activation token, for private exports.</summary>
    public string? Token { get => token; set => Set(ref token, value); }

    /// <summary>Deprecated. For a stream, a prefix of the local subject. For a service, the exporter's subject.</summary>
    public string? To { get => to; set => Set(ref to, value); }

    /// <summary>The local subject, which may refer to wildcards as <c>$1</c>, <c>$2</c>.</summary>
    public string? LocalSubject { get => localSubject; set => Set(ref localSubject, value); }

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type { get => type; set => Set(ref type, value); }

    /// <summary>Whether the exporter gets client information about the requester (services).</summary>
    public bool Share { get => share; set => Set(ref share, value); }

    /// <summary>Whether message traces may pass (streams).</summary>
    public bool AllowTrace { get => allowTrace; set => Set(ref allowTrace, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("name", ref name);
        map.Text("subject", ref subject);
        map.Text("account", ref account);
        map.Text("token", ref token);
        map.Text("to", ref to);
        map.Text("local_subject", ref localSubject);
        map.StreamOrService("type", ref type);
        map.Flag("share", ref share);
        map.Flag("allow_trace", ref allowTrace);
    }
}
