using System.Net.Sockets;
using System.Text;

namespace NatsKeys.Core.Tests.Store;

/// <summary>
/// Stands between a store and its server, and cuts the connection when a change is sent: right before the server gets the end of it, or right before
/// its answer arrives. It also lets somebody else be faster than a change.
/// </summary>
internal sealed class LossyWire(string server) : Wire(server)
{
    private const string EndOfBatch = "Nats-Batch-Commit";
    private const string Answer = "\"batch\":";
    private int cutsLeft;
    private int cuts;
    private bool isBefore;
    private Action? meanwhile;

    /// <summary>How often the connection was cut.</summary>
    public int Cuts => Volatile.Read(ref cuts);

    /// <summary>Cuts the connection at each of the next changes.</summary>
    /// <param name="count">How many of them.</param>
    /// <param name="before">Whether the server gets the end of the change.</param>
    public void Cut(int count, bool before)
    {
        isBefore = before;
        Volatile.Write(ref cutsLeft, count);
    }

    /// <summary>Does something right before the server gets the end of the next change.</summary>
    public void Meanwhile(Action action) => Volatile.Write(ref meanwhile, action);

    protected override async Task CarryAsync(TcpClient client, TcpClient upstream)
    {
        var waits = new TaskCompletionSource();
        Task up = UpAsync(client.GetStream(), upstream.GetStream(), waits);
        await await Task.WhenAny(up, DownAsync(upstream.GetStream(), client.GetStream(), waits.Task));
    }

    /// <summary>Ends where the connection is to be cut.</summary>
    private async Task UpAsync(NetworkStream client, NetworkStream upstream, TaskCompletionSource waits)
    {
        byte[] buffer = new byte[1 << 20];
        while (await client.ReadAsync(buffer) is > 0 and int count)
        {
            bool isEnd = Encoding.Latin1.GetString(buffer, 0, count).Contains(EndOfBatch, StringComparison.Ordinal);
            if (isEnd)
            {
                Interlocked.Exchange(ref meanwhile, null)?.Invoke();
            }

            if (isEnd && Interlocked.Decrement(ref cutsLeft) >= 0)
            {
                Interlocked.Increment(ref cuts);
                if (isBefore)
                {
                    return;
                }

                waits.SetResult();
            }

            await upstream.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    private static async Task DownAsync(NetworkStream upstream, NetworkStream client, Task waits)
    {
        byte[] buffer = new byte[1 << 20];
        while (await upstream.ReadAsync(buffer) is > 0 and int count)
        {
            if (waits.IsCompleted && Encoding.Latin1.GetString(buffer, 0, count).Contains(Answer, StringComparison.Ordinal))
            {
                return;
            }

            await client.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
