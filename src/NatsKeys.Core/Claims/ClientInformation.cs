namespace NatsKeys.Claims;

/// <summary>A client, in an authorization request.</summary>
public sealed class ClientInformation : ClaimObject
{
    private string? host;
    private ulong id;
    private string? user;
    private string? name;
    private ClaimList<string> tags = [];
    private string? nameTag;
    private string? kind;
    private string? type;
    private string? mqttId;
    private string? nonce;

    /// <summary>Its host.</summary>
    public string? Host { get => host; set => Set(ref host, value); }

    /// <summary>Its number on the server.</summary>
    public ulong Id { get => id; set => Set(ref id, value); }

    /// <summary>Its user.</summary>
    public string? User { get => user; set => Set(ref user, value); }

    /// <summary>Its name.</summary>
    public string? Name { get => name; set => Set(ref name, value); }

    /// <summary>Its tags.</summary>
    public ClaimList<string> Tags { get => tags; set => Set(ref tags, value); }

    /// <summary>The name tag of its account.</summary>
    public string? NameTag { get => nameTag; set => Set(ref nameTag, value); }

    /// <summary>The kind of connection.</summary>
    public string? Kind { get => kind; set => Set(ref kind, value); }

    /// <summary>The protocol: nats, mqtt, websocket.</summary>
    public string? Type { get => type; set => Set(ref type, value); }

    /// <summary>Its MQTT client ID.</summary>
    public string? MqttId { get => mqttId; set => Set(ref mqttId, value); }

    /// <summary>The nonce that the server sent it.</summary>
    public string? Nonce { get => nonce; set => Set(ref nonce, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("host", ref host);
        map.Unsigned("id", ref id);
        map.Text("user", ref user);
        map.Text("name", ref name);
        map.Texts("tags", ref tags);
        map.Text("name_tag", ref nameTag);
        map.Text("kind", ref kind);
        map.Text("type", ref type);
        map.Text("mqtt_id", ref mqttId);
        map.Text("nonce", ref nonce);
    }
}
