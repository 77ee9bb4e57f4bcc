using Microsoft.Extensions.Logging;

namespace NatsKeys.Server;

/// <summary>Keeps why a connection did not come about: the client library writes it into its log, and not into its exceptions.</summary>
internal sealed class ConnectionLog : ILoggerFactory, ILogger
{
    private volatile Exception? fault;

    /// <summary>The last fault; null while there is none.</summary>
    public Exception? Fault => fault;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        fault = exception ?? fault;

    public IDisposable BeginScope<TState>(TState state) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // Everything goes to this object alone.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
