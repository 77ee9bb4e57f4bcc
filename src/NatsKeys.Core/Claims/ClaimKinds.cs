namespace NatsKeys.Claims;

/// <summary>The kinds of claims: their texts in <c>nats.type</c>, and their types.</summary>
internal static class ClaimKinds
{
    public static string? TextOf(ClaimKind kind) => kind switch
    {
        ClaimKind.Operator => "operator",
        ClaimKind.Account => "account",
        ClaimKind.User => "user",
        ClaimKind.Activation => "activation",
        ClaimKind.AuthorizationRequest => "authorization_request",
        ClaimKind.AuthorizationResponse => "authorization_response",
        _ => null,
    };

    public static ClaimKind Parse(string? text) => text switch
    {
        "operator" => ClaimKind.Operator,
        "account" => ClaimKind.Account,
        "user" => ClaimKind.User,
        "activation" => ClaimKind.Activation,
        "authorization_request" => ClaimKind.AuthorizationRequest,
        "authorization_response" => ClaimKind.AuthorizationResponse,
        _ => ClaimKind.Generic,
    };

    /// <summary>Creates empty claims of a kind.</summary>
    public static ClaimSet NewClaims(this ClaimKind kind) => kind switch
    {
        ClaimKind.Operator => new OperatorClaims(),
        ClaimKind.Account => new AccountClaims(),
        ClaimKind.User => new UserClaims(),
        ClaimKind.Activation => new ActivationClaims(),
        ClaimKind.AuthorizationRequest => new AuthorizationRequestClaims(),
        ClaimKind.AuthorizationResponse => new AuthorizationResponseClaims(),
        _ => new GenericClaims(),
    };
}
