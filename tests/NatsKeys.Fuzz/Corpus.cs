using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Fuzz;

/// <summary>Everything in the vectors that someone might hand to the library.</summary>
internal sealed partial class Corpus
{
    private readonly List<string> keys = [];
    private readonly List<string> tokens = [];
    private readonly List<string> payloads = [];
    private readonly List<string> credentials = [];
    private readonly List<string> texts = [];
    private readonly Dictionary<string, string> seeds = new(StringComparer.Ordinal);

    public Corpus(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            Collect(JsonNode.Parse(File.ReadAllText(file)));
        }

        credentials.Add(File.ReadAllText(Path.Combine(folder, "user-min.creds")));
        payloads.AddRange(tokens.Select(PayloadOf).OfType<string>());
        Keys = Bytes(keys);
        Tokens = Bytes(tokens);
        Payloads = Bytes(payloads);
        Credentials = Bytes(credentials);
        Texts = Bytes(texts.Where(text => text.Length < 200));
        Entities = Bytes(tokens.Select(EntityOf).OfType<string>());
    }

    public byte[][] Keys { get; }

    public byte[][] Tokens { get; }

    public byte[][] Payloads { get; }

    public byte[][] Credentials { get; }

    /// <summary>Short texts of every kind: subjects, names, placeholders.</summary>
    public byte[][] Texts { get; }

    /// <summary>The entity files of the tokens.</summary>
    public byte[][] Entities { get; }

    /// <summary>The seed of a public key that the vectors have, so that what is mutated can be signed again.</summary>
    public string? SeedOf(string? publicKey) => publicKey is null ? null : seeds.GetValueOrDefault(publicKey);

    private static byte[][] Bytes(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];

    private static string? PayloadOf(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[1]));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? EntityOf(string token)
    {
        try
        {
            ClaimSet claims = JwtReader.ReadUnchecked(token).Claims;
            return claims is OperatorClaims or AccountClaims or UserClaims ? EntityFile.Write(new EntityDocument(claims, token)) : null;
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    private void Collect(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject entry:
                foreach ((_, JsonNode? member) in entry)
                {
                    Collect(member);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? item in list)
                {
                    Collect(item);
                }

                break;
            case JsonValue value when value.TryGetValue(out string? text):
                Collect(text);
                break;
        }
    }

    private void Collect(string text)
    {
        texts.Add(text);
        if (KeyLike().IsMatch(text))
        {
            keys.Add(text);
        }

        if (NatsKeyPair.IsSeed(text))
        {
            using NatsKeyPair pair = NatsKeyPair.FromSeed(text);
            seeds[pair.PublicKey] = text.Trim();
        }

        if (text.Contains("-----", StringComparison.Ordinal))
        {
            credentials.Add(text);
        }
        else if (text.StartsWith("eyJ", StringComparison.Ordinal) && text.Contains('.', StringComparison.Ordinal))
        {
            tokens.Add(text);
        }
        else if (text.StartsWith("{\"", StringComparison.Ordinal))
        {
            payloads.Add(text);
        }
    }

    [GeneratedRegex(@"^\s*[A-Za-z2-7=]{40,120}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLike();
}
