using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NatsKeys.Tests.Wine;

/// <summary>
/// Runs the tests of the assembly that it is compiled into, in this process: the usual host of tests talks to its runner through what Wine lacks.
/// The first argument is a file that gets each failure as it comes, and one line of counts at the end: what a terminal of Wine shows is cut into
/// lines. Each other one is a pattern of full test names; without one all are run.
/// </summary>
internal static class InProcessRunner
{
    /// <summary>Longer than any test takes on a slow machine: one that hangs ends the run and is named.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    internal static int Main(string[] arguments)
    {
        using var log = new StreamWriter(arguments[0]) { AutoFlush = true, NewLine = "\n" };
        string[] patterns = arguments[1..];
        var diagnostics = new NullMessageSink();
        using var framework = new XunitTestFramework(diagnostics);
        var options = new Options();
        AssemblyName name = Assembly.GetExecutingAssembly().GetName();

        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(Assembly.GetExecutingAssembly()));
        using var found = new TestDiscoverySink();
        discoverer.Find(includeSourceInformation: false, found, options);
        found.Finished.WaitOne();

        using var results = new ResultSink(log);
        using var watch = new Timer(_ => results.EndIfStuck(Patience), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        using ITestFrameworkExecutor executor = framework.GetExecutor(name);
        executor.RunTests(found.TestCases.Where(test => IsWanted(test, patterns)).ToList(), results, options);
        results.Finished.WaitOne();
        return results.Report() ? 0 : 1;
    }

    private static bool IsWanted(ITestCase test, string[] patterns) =>
        patterns.Length == 0
            || patterns.Any(pattern => Regex.IsMatch($"{test.TestMethod.TestClass.Class.Name}.{test.TestMethod.Method.Name}", pattern));

    private sealed class Options : Dictionary<string, object?>, ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        public TValue GetValue<TValue>(string name) => TryGetValue(name, out object? value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => this[name] = value;
    }

    private sealed class ResultSink(TextWriter log) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        private readonly Lock gate = new();
        private readonly Dictionary<ITest, long> running = [];
        private int passed, failed, skipped;

        public ManualResetEvent Finished { get; } = new(initialState: false);

        public bool OnMessage(IMessageSinkMessage message)
        {
            lock (gate)
            {
                switch (message)
                {
                    case ITestStarting starting:
                        running[starting.Test] = Stopwatch.GetTimestamp();
                        break;
                    case ITestPassed:
                        passed++;
                        break;
                    case ITestSkipped skip:
                        skipped++;
                        log.WriteLine($"SKIP {OneLine($"{skip.Test.DisplayName}: {skip.Reason}")}");
                        break;
                    case ITestFailed failure:
                        Fail(failure.Test.DisplayName, failure);
                        break;
                    case ITestFinished finished:
                        running.Remove(finished.Test);
                        break;
                    case ITestAssemblyFinished:
                        Finished.Set();
                        break;
                    case IFailureInformation other:
                        Fail(message.GetType().Name, other);
                        break;
                }
            }

            return true;
        }

        public bool Report()
        {
            log.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
            return failed == 0;
        }

        public void EndIfStuck(TimeSpan patience)
        {
            lock (gate)
            {
                string[] stuck = [.. running.Where(test => Stopwatch.GetElapsedTime(test.Value) > patience).Select(test => test.Key.DisplayName)];
                if (stuck.Length > 0)
                {
                    foreach (string test in stuck)
                    {
                        failed++;
                        log.WriteLine($"FAIL {OneLine(test)}\n    It does not end.");
                    }

                    Report();
                    Environment.Exit(1);
                }
            }
        }

        public void Dispose() => Finished.Dispose();

        private void Fail(string test, IFailureInformation failure)
        {
            failed++;
            log.WriteLine($"FAIL {OneLine(test)}");
            log.WriteLine("    " + ExceptionUtility.CombineMessages(failure).ReplaceLineEndings("\n    "));
            log.WriteLine("    " + ExceptionUtility.CombineStackTraces(failure)?.ReplaceLineEndings("\n    "));
        }

        private static string OneLine(string text) => text.ReplaceLineEndings(" ");
    }

    private sealed class TestDiscoverySink : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        public List<ITestCase> TestCases { get; } = [];

        public ManualResetEvent Finished { get; } = new(initialState: false);

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestCaseDiscoveryMessage found:
                    TestCases.Add(found.TestCase);
                    break;
                case IDiscoveryCompleteMessage:
                    Finished.Set();
                    break;
            }

            return true;
        }

        public void Dispose() => Finished.Dispose();
    }
}
