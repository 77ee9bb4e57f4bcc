using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>
/// The result of the check whether unwanted clients are still connected after an account was published or a key of an operator was replaced.
/// </summary>
/// <param name="Account">
/// The account below its operator, such as <c>O2/A</c>. For all accounts that were not published, the operator itself, such as <c>O2</c>.
/// </param>
/// <param name="PublicKey">The public key of the account or operator.</param>
public sealed record ClientProof(string Account, string PublicKey)
{
    /// <summary>The servers that were asked.</summary>
    public IReadOnlyList<ServerInformation> Servers
    {
        get;
        init => field = new PrintableList<ServerInformation>(value);
    } = new PrintableList<ServerInformation>([]);

    /// <summary>
    /// The number of clients that were disconnected on request. Servers disconnect others by themselves when they receive the account.
    /// </summary>
    public int Disconnected { get; init; }

    /// <summary>The unwanted clients that are still connected, as text.</summary>
    public IReadOnlyList<string> Remaining => new PrintableList<string>(Clients.Select(client => client.ToString()));

    /// <summary>Gets the unwanted clients that are still connected.</summary>
    public IReadOnlyList<LiveConnection> GetRemaining() => Clients;

    internal IReadOnlyList<LiveConnection> Clients
    {
        get;
        init => field = new PrintableList<LiveConnection>(value);
    } = new PrintableList<LiveConnection>([]);

    /// <summary>
    /// The servers that still trust a key which the operator no longer lists. Until they are restarted with its new token, the owner of that key can
    /// let users in. Only in the proof of an operator.
    /// </summary>
    public IReadOnlyList<ServerInformation> TrustingOldKeys
    {
        get;
        init => field = new PrintableList<ServerInformation>(value);
    } = new PrintableList<ServerInformation>([]);

    /// <summary>
    /// The number of other servers that did not answer, according to the servers' own count. A crashed server is counted for some minutes.
    /// </summary>
    public int Unanswered { get; init; }

    /// <summary>Whether no unwanted client is connected, every server answered, and none trusts an old key of the operator.</summary>
    public bool IsClear => Remaining.Count == 0 && TrustingOldKeys.Count == 0 && Unanswered == 0;

    /// <summary>The account, and the number of remaining clients and servers.</summary>
    public override string ToString() =>
        TextSanitizer.Clean($"{Account}: {Remaining.Count} unwanted clients on {Servers.Count} {(Servers.Count == 1 ? "server" : "servers")}"
            + (Unanswered == 0 ? "" : $", {Unanswered} did not answer"));
}
