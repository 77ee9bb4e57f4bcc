using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Exchange;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>What a web server on this machine sends in the place of a token.</summary>
public sealed class TokenDownloadTests : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public TokenDownloadTests() => listener.Start();

    private Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/token"));

    [Fact]
    public void A_token_is_read_bare_and_in_a_block()
    {
        string token = Tokens.User();
        Assert.Equal(token, Download("200 OK", token).Token);
        Assert.Equal(token, Download("200 OK", $"-----BEGIN NATS USER JWT-----\n{token}\n------END NATS USER JWT------\n").Token);
    }

    [Fact]
    public void A_good_token_in_an_answer_that_says_it_failed_is_not_taken() =>
        Refused.With(ErrorCode.DownloadFailed, () => Download("404 Not Found", Tokens.User()));

    [Fact]
    public void What_is_no_good_token_is_refused()
    {
        Refused.With(ErrorCode.TokenMalformed, () => Download("200 OK", "<html>"));
        Refused.With(ErrorCode.TokenSignature, () => Download("200 OK", Tokens.Tampered(Tokens.User())));
    }

    [Fact]
    public void An_answer_that_is_longer_than_any_token_is_not_read_to_its_end() =>
        Refused.With(ErrorCode.DownloadFailed, () => Download("200 OK", new string('\n', (4 * 1024 * 1024) + 1)));

    [Fact]
    public void Where_nobody_listens_the_address_is_named()
    {
        listener.Stop();
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/token"));
        free.Stop();
        string message = Refused.With(ErrorCode.DownloadFailed, () => TokenDownload.Read(address, CancellationToken.None)).Message;
        Assert.Contains(address.ToString(), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_stops_the_download_is_told_so_and_not_of_a_failure()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => TokenDownload.Read(Address, stop.Token));
    }

    [Fact]
    public async Task An_import_that_waits_for_a_server_can_be_stopped()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        using NatsKeyPair system = NatsKeyPair.Generate(NatsKeyType.Account);
        string config = box.At("server.conf");
        Directory.CreateDirectory(Path.GetDirectoryName(config)!);
        await File.WriteAllTextAsync(config, $"operator: {box.Operator.Jwt}\nresolver: URL({Address}/)\nsystem_account: {system.PublicKey}\n");
        var import = new StoreImporter(box.Store, overwrite: false);
        import.Add(config);
        using var stop = new CancellationTokenSource();
        Task<ImportItem[]> reading = Task.Run(() => import.Items(cancellation: stop.Token).ToArray());
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    public void Dispose() => listener.Dispose();

    private NatsJwt Download(string status, string content)
    {
        Task serving = ServeAsync(status, content);
        try
        {
            return TokenDownload.Read(Address, CancellationToken.None);
        }
        finally
        {
            serving.Wait();
        }
    }

    private async Task ServeAsync(string status, string content)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using NetworkStream stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        byte[] answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n{content}");
        try
        {
            await stream.WriteAsync(answer);
        }
        catch (IOException)
        {
            // The reader has heard enough.
        }
    }
}
