using Microsoft.Extensions.Logging;

namespace NatsKeys.Server;

/// <summary>Captures why a connection failed. The client library writes the reason to its log, but not to its exceptions.</summary>
internal sealed class ConnectionLog : ILoggerFactory, ILogger
{
    private volatile Exception? fault;

    /// <summary>The last error; null if there is none.</summary>
    public Exception? Fault => fault;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        fault = exception ?? fault;

    public IDisposable BeginScope<TState>(TState state) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // All messages go to this object.
    }

    public void Dispose()
    {
        // There is nothing to dispose.
    }
}
