using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;

namespace NatsKeys.Commands;

/// <content>Who may use the server, and which versions it may have.</content>
public sealed partial class NewNatsServerConfigCommand
{
    /// <summary>The versions of nats-server that must start with the configuration.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ServerVersion]
    [ArgumentCompleter(typeof(ServerVersionCompleter))]
    public string[]? ServerVersion { get; set; }

    /// <summary>The bearer user for which clients without a token are taken.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public SentinelArgument? DefaultSentinel { get; set; }

    /// <summary>The public keys of proxies that the server trusts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument[] TrustedProxy { get; set; } = [];

    /// <summary>The accounts that alone may use the server.</summary>
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
