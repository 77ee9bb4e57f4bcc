namespace NatsKeys.Claims;

/// <summary>A client, in an authorization request.</summary>
public sealed class ClientInformation : ClaimObject
{
    /// <summary>Its host.</summary>
    public string? Host { get; set; }

    /// <summary>Its number on the server.</summary>
    public ulong Id { get; set; }

    /// <summary>Its user.</summary>
    public string? User { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its tags.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>The name tag of its account.</summary>
    public string? NameTag { get; set; }

    /// <summary>What kind of connection it is.</summary>
    public string? Kind { get; set; }

    /// <summary>The protocol: nats, mqtt, websocket.</summary>
    public string? Type { get; set; }

    /// <summary>Its MQTT client id.</summary>
    public string? MqttId { get; set; }

    /// <summary>The nonce that the server sent it.</summary>
    public string? Nonce { get; set; }

    internal override void Map(ClaimMap map)
    {
        Host = map.Text("host", Host);
        Id = map.Unsigned("id", Id);
        User = map.Text("user", User);
        Name = map.Text("name", Name);
        Tags = map.Texts("tags", Tags);
        NameTag = map.Text("name_tag", NameTag);
        Kind = map.Text("kind", Kind);
        Type = map.Text("type", Type);
        MqttId = map.Text("mqtt_id", MqttId);
        Nonce = map.Text("nonce", Nonce);
    }
}
