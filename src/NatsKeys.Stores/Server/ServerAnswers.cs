namespace NatsKeys.Server;

/// <summary>The answers of servers to one request, and what is wrong with them.</summary>
/// <param name="Answers">The answers that came.</param>
/// <param name="Problem">What is wrong: a server refused, or did not answer; null where nothing is.</param>
internal sealed record ServerAnswers(IReadOnlyList<ServerAnswer> Answers, NatsKeysException? Problem);
