using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NatsKeys.Tests.Server;

/// <summary>
/// A test with one server: that one is <see cref="NatsServerProgram.Current"/> while it runs, and its version is in the name of the test.
/// </summary>
public sealed class NatsServerTestCase : XunitTestCase
{
    private NatsServerTarget target = new("", null);

    [Obsolete("For the runner, which reads a test from text.")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NatsServerTestCase()
    {
    }

    internal NatsServerTestCase(
        IMessageSink messages,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod method,
        object[]? arguments,
        NatsServerTarget target)
        : base(messages, display, displayOptions, method, arguments) => this.target = target;

    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        NatsServerProgram.Current = target.Program;
        return base.RunAsync(diagnosticMessageSink, messageBus, constructorArguments, aggregator, cancellationTokenSource);
    }

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue("Server", target.Name);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        string name = data.GetValue<string>("Server");
        target = new NatsServerTarget(name, NatsServerProgram.All.FirstOrDefault(program => program.Version.ToString() == name));
        base.Deserialize(data);
    }

    protected override void Initialize()
    {
        base.Initialize();
        Traits.Add("Server", [target.Name]);
    }

    protected override string GetDisplayName(IAttributeInfo factAttribute, string displayName) =>
        $"{base.GetDisplayName(factAttribute, displayName)} with {target.Name}";

    protected override string? GetSkipReason(IAttributeInfo factAttribute) => base.GetSkipReason(factAttribute) ?? target.SkipReason;

    protected override string GetUniqueID() => $"{base.GetUniqueID()} {target.Name}";
}
