using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>Whether clients are connected that should not be, after an account was published.</summary>
/// <param name="Account">The account below its operator, such as <c>O2/A</c>.</param>
/// <param name="PublicKey">The public key of the account.</param>
public sealed record ClientProof(string Account, string PublicKey)
{
    /// <summary>The servers that were asked.</summary>
    public IReadOnlyList<ServerInformation> Servers
    {
        get;
        init => field = new PrintableList<ServerInformation>(value);
    } = new PrintableList<ServerInformation>([]);

    /// <summary>How many clients were disconnected on request. Servers disconnect others by themselves when they get the account.</summary>
    public int Disconnected { get; init; }

    /// <summary>Who is connected and should not be.</summary>
    public IReadOnlyList<LiveConnection> Remaining
    {
        get;
        init => field = new PrintableList<LiveConnection>(value);
    } = new PrintableList<LiveConnection>([]);

    /// <summary>Whether nobody is.</summary>
    public bool IsClear => Remaining.Count == 0;

    /// <summary>The account, and how many are left on how many servers.</summary>
    public override string ToString() =>
        TextSanitizer.Clean($"{Account}: {Remaining.Count} unwanted clients on {Servers.Count} {(Servers.Count == 1 ? "server" : "servers")}");
}
