namespace NatsKeys.Server;

/// <summary>The answers of servers to one request, and the problem if there is one.</summary>
/// <param name="Answers">The answers.</param>
/// <param name="Problem">The problem: a server refused or did not answer. Null for none.</param>
internal sealed record ServerAnswers(IReadOnlyList<ServerAnswer> Answers, NatsKeysException? Problem);
