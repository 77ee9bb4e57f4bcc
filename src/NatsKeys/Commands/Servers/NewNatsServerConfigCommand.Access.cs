using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;

namespace NatsKeys.Commands;

/// <content>The parameters for access to the server, and for its versions.</content>
public sealed partial class NewNatsServerConfigCommand
{
    /// <summary>The versions of nats-server that must start with the configuration.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ServerVersion]
    [ArgumentCompleter(typeof(ServerVersionCompleter))]
    public string[]? ServerVersion { get; set; }

    /// <summary>The bearer user that clients without a token are treated as.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public SentinelArgument? DefaultSentinel { get; set; }

    /// <summary>The public keys of proxies that the server trusts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument[] TrustedProxy { get; set; } = [];

    /// <summary>The only accounts that may use the server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument[] PinnedAccount { get; set; } = [];

    private string KeyOf(KeyArgument proxy)
    {
        using Keys.NatsKeyPair key = proxy.Resolve(Paths.Full);
        return key.PublicKey;
    }
}
