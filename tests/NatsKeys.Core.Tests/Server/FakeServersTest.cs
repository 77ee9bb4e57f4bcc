using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Server;

/// <summary>
/// A test of what is made of the answers of servers: an operator with a system account and another account, and servers that say what the test wants.
/// </summary>
public abstract class FakeServersTest : IDisposable
{
    // For waits that must come to their end. All others end by what they wait for.
    private protected static readonly TimeSpan Short = TimeSpan.FromSeconds(5);
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private protected readonly MovingClock clock = new();
    private protected readonly FakeServers servers = new();
    private protected readonly NatsStore store;
    private protected readonly EntityEditor editor;
    private protected readonly NatsOperator owner;
    private protected readonly NatsAccount system;
    private protected readonly NatsAccount account;

    private protected FakeServersTest()
    {
        store = NatsStore.InMemory(clock);
        editor = new EntityEditor(store);
        owner = editor.CreateOperatorWithSystemAccount(new NewEntity("O2"), "SYS");
        system = store.FindAccount("O2", "SYS");
        account = editor.CreateAccount(new NewEntity("A"), owner.Path);
    }

    private protected string Lookup => $"$SYS.REQ.ACCOUNT.{account.Subject}.CLAIMS.LOOKUP";

    public void Dispose()
    {
        editor.Dispose();
        servers.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<SystemAccountClient> ConnectAsync(
        ServerTask task = ServerTask.Publish, TimeSpan? timeout = null, int? count = null, TimeProvider? clock = null) =>
        SystemAccountClient.ConnectAsync(
            new ServerOptions([servers.Url]) { Timeout = timeout ?? Patience, ServerCount = count, Clock = clock ?? this.clock },
            SystemSignIn.As(editor, owner, task), default);
}
