namespace NatsKeys.Server;

/// <summary>JetStream settings of a server.</summary>
internal sealed record JetStreamSettings
{
    /// <summary>The storage folder. Servers resolve a relative path from their working directory. Null means <c>./jetstream</c>.</summary>
    public string? Directory { get; init; }

    /// <summary>The domain; null for none.</summary>
    public string? Domain { get; init; }

    /// <summary>The memory limit for streams, in bytes; null for the server's default.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>The file storage limit for streams, in bytes; null for the server's default.</summary>
    public long? MaxFile { get; init; }

    /// <summary>Refuses settings with which a server would not start.</summary>
    internal void Check()
    {
        if (Domain is not null
            && (Domain.Length == 0
                || Domain.Any(character => character is '.' or '*' or '>' || char.IsWhiteSpace(character) || char.IsControl(character))))
        {
            throw ConfigWriter.Refused(
                $"'{Domain}' is not a valid JetStream domain. It must be a single subject token without wildcards and spaces.");
        }

        if (MaxMemory < 0 || MaxFile < 0)
        {
            throw ConfigWriter.Refused("JetStream sizes cannot be unlimited. Omit the size to use the server's default.");
        }
    }

    /// <summary>Writes the settings.</summary>
    internal void Write(ConfigWriter text)
    {
        text.Open("jetstream");
        text.Quoted("store_dir", Directory ?? "./jetstream");
        text.Quoted("domain", Domain);
        text.Member("max_memory_store", MaxMemory);
        text.Member("max_file_store", MaxFile);
        text.Close();
        text.Line();
    }
}
