namespace NatsKeys.Keys;

/// <summary>The type of an nkey. The value is the prefix byte that precedes the key's bytes in its text form.</summary>
public enum NatsKeyType : long
{
    /// <summary>An account: <c>A…</c>, seed <c>SA…</c>.</summary>
    Account = 0x00,

    /// <summary>A cluster: <c>C…</c>, seed <c>SC…</c>.</summary>
    Cluster = 0x10,

    /// <summary>A server: <c>N…</c>, seed <c>SN…</c>.</summary>
    Server = 0x68,

    /// <summary>An operator: <c>O…</c>, seed <c>SO…</c>.</summary>
    Operator = 0x70,

    /// <summary>A user: <c>U…</c>, seed <c>SU…</c>.</summary>
    User = 0xA0,

    /// <summary>An X25519 key that seals and opens but never signs: <c>X…</c>, seed <c>SX…</c>.</summary>
    Curve = 0xB8,
}
