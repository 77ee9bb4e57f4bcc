using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>Whether clients are connected that should not be, after an account was published or a key of an operator was replaced.</summary>
/// <param name="Account">
/// The account below its operator, such as <c>O2/A</c>; the operator itself, such as <c>O2</c>, for all accounts that were not published.
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

    /// <summary>How many clients were disconnected on request. Servers disconnect others by themselves when they get the account.</summary>
    public int Disconnected { get; init; }

    /// <summary>Who is connected and should not be.</summary>
    public IReadOnlyList<LiveConnection> Remaining
    {
        get;
        init => field = new PrintableList<LiveConnection>(value);
    } = new PrintableList<LiveConnection>([]);

    /// <summary>
    /// The servers that still trust a key which the operator does not list any more: until they are started with its new token, whoever has that key
    /// can let users in. Only in the proof of an operator.
    /// </summary>
    public IReadOnlyList<ServerInformation> TrustingOldKeys
    {
        get;
        init => field = new PrintableList<ServerInformation>(value);
    } = new PrintableList<ServerInformation>([]);

    /// <summary>
    /// How many servers there are besides, by their own count, that did not answer. One that crashed stays in it for some minutes.
    /// </summary>
    public int Unanswered { get; init; }

    /// <summary>Whether nobody is, every server answered, and none trusts an old key of the operator.</summary>
    public bool IsClear => Remaining.Count == 0 && TrustingOldKeys.Count == 0 && Unanswered == 0;

    /// <summary>The account, and how many are left on how many servers.</summary>
    public override string ToString() =>
        TextSanitizer.Clean($"{Account}: {Remaining.Count} unwanted clients on {Servers.Count} {(Servers.Count == 1 ? "server" : "servers")}"
            + (Unanswered == 0 ? "" : $", {Unanswered} did not answer"));
}
