using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>An account as a server has loaded it, with its token (<c>ACCOUNTZ</c>).</summary>
/// <param name="Server">The server.</param>
/// <param name="Detail">The server's account details; undefined if it has not loaded the account.</param>
internal sealed record UsedAccount(ServerInformation Server, JsonElement Detail)
{
    /// <summary>Whether the server has loaded the account.</summary>
    public bool IsLoaded => Detail.ValueKind == JsonValueKind.Object;

    /// <summary>The token that the server uses; null if it does not report one.</summary>
    public string? Token => ServerReply.Text(Detail, "jwt");

    /// <summary>Whether the account has expired on the server.</summary>
    public bool IsExpired => ServerReply.Member(Detail, "expired").ValueKind == JsonValueKind.True;

    /// <summary>The claims of the token; null if it cannot be read.</summary>
    public AccountClaims? Claims { get; } = JwtReader.TryRead(ServerReply.Text(Detail, "jwt"))?.Claims as AccountClaims;

    /// <summary>The imports that the server uses.</summary>
    public List<UsedImport> Imports() => [.. Items("imports")
        .Where(item => ServerReply.Member(item, "invalid").ValueKind != JsonValueKind.True)
        .Select(item => new UsedImport(
            ServerReply.Text(item, "type") ?? "",
            ServerReply.Text(item, "account") ?? "",
            ServerReply.Text(item, "subject") ?? "",
            ServerReply.Text(item, "to") ?? ServerReply.Text(item, "local_subject") ?? ServerReply.Text(item, "subject") ?? ""))];

    /// <summary>The exports that the server uses.</summary>
    public List<UsedExport> Exports() => [.. Items("exports").Select(item => new UsedExport(
        ServerReply.Text(item, "type") ?? "",
        ServerReply.Text(item, "subject") ?? "",
        ServerReply.Member(item, "token_req").ValueKind == JsonValueKind.True))];

    /// <summary>The targets of the mappings that the server uses, by source subject.</summary>
    public Dictionary<string, string[]> Mappings() => ServerReply.Member(Detail, "mappings") is { ValueKind: JsonValueKind.Object } all
        ? all.EnumerateObject().GroupBy(mapping => mapping.Name).ToDictionary(
            same => same.Key,
            same => same.SelectMany(mapping => ServerReply.Items(mapping.Value))
                .Select(target => ServerReply.Text(target, "subject") ?? "").ToArray(),
            StringComparer.Ordinal)
        : [];

    /// <summary>The problems that the server itself found in the token.</summary>
    public IEnumerable<string> Issues() => Items("validation_result_jwt")
        .Select(item => ServerReply.Text(item, "description")).OfType<string>().Select(ServerReply.CutMessage);

    private IEnumerable<JsonElement> Items(string name) => ServerReply.Items(ServerReply.Member(Detail, name));
}

/// <summary>An import that a server uses.</summary>
/// <param name="Type"><c>stream</c> or <c>service</c>.</param>
/// <param name="Exporter">The public key of the exporting account.</param>
/// <param name="Subject">One of its subjects.</param>
/// <param name="Other">The other subject. For services, the order of the two depends on the server version.</param>
internal sealed record UsedImport(string Type, string Exporter, string Subject, string Other)
{
    /// <summary>Whether a token states this import. Servers report references to wildcards, such as <c>$1</c>, as wildcards.</summary>
    public bool Is(AccountImport import)
    {
        (string local, string foreign) = ImportUse.SubjectsOf(import);
        return Type == import.Type
            && Exporter == import.Account
            && ((IsSame(Subject, foreign) && IsSame(Other, local)) || (Type == "service" && IsSame(Subject, local) && IsSame(Other, foreign)));
    }

    private static bool IsSame(string used, string stated) => used == stated || used == SubjectTransform.Unnumbered(stated);
}

/// <summary>An export that a server uses.</summary>
/// <param name="Type"><c>stream</c> or <c>service</c>.</param>
/// <param name="Subject">The subject.</param>
/// <param name="IsPrivate">Whether importers need an activation.</param>
internal sealed record UsedExport(string Type, string Subject, bool IsPrivate);
