namespace NatsKeys.Commands;

/// <summary>The nouns of the cmdlets.</summary>
internal static class Nouns
{
    public const string Access = "NatsAccess";
    public const string Account = "NatsAccount";
    public const string Activation = "NatsActivation";
    public const string AuthCallout = "NatsAuthCallout";
    public const string Client = "NatsClient";
    public const string Connection = "NatsConnection";
    public const string Context = "NatsContext";
    public const string Credential = "NatsCredential";
    public const string Diagram = "NatsDiagram";
    public const string Export = "NatsExport";
    public const string Import = "NatsImport";
    public const string JetStreamLimit = "NatsJetStreamLimit";
    public const string Jwt = "NatsJwt";
    public const string KeyPair = "NatsKeyPair";
    public const string KeySource = "NatsKeySource";
    public const string KeyStore = "NatsKeyStore";
    public const string KeyUsage = "NatsKeyUsage";
    public const string Message = "NatsMessage";
    public const string Operator = "NatsOperator";
    public const string OperatorKey = "NatsOperatorKey";
    public const string Permission = "NatsPermission";
    public const string Report = "NatsReport";
    public const string Revocation = "NatsRevocation";
    public const string Rotation = "NatsRotation";
    public const string ServerConfig = "NatsServerConfig";
    public const string Signature = "NatsSignature";
    public const string SigningKey = "NatsSigningKey";
    public const string SigningRequest = "NatsSigningRequest";
    public const string Store = "NatsStore";
    public const string SubjectMapping = "NatsSubjectMapping";
    public const string User = "NatsUser";
}
