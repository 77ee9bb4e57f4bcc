namespace NatsKeys.Claims;

/// <summary>The texts of <c>nats.type</c>.</summary>
internal static class KindTexts
{
    public static string? Of(ClaimKind kind) => kind switch
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
}
