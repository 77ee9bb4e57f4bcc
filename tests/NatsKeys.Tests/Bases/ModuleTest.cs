using System.Management.Automation;
using System.Security.Cryptography;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Bases;

/// <summary>
/// A test in a session of its own, with the module and an empty folder, or in a session that the tests of its class share and leave as it was.
/// </summary>
public abstract class ModuleTest : IDisposable
{
    private readonly bool sharesSession;

    private protected ModuleTest(PowerShellSession? shared = null)
    {
        sharesSession = shared is not null;
        Session = shared ?? new PowerShellSession();
    }

    /// <summary>The walkthrough of the documentation, in one line.</summary>
    private protected const string Walkthrough =
        "New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential ./U.creds";

    /// <summary>The documentation's own operator signing key.</summary>
    private protected const string OperatorSeed = "SOAIHSQSAM3ZJI5W6U5M4INH7FUCQQ5ETJ5RMPVJZCJLTDREY6ZNEE6LZQ";
    private protected const string OperatorKey = "ODMYCI5TSZY6MFLOBBQ2RNRBRAXRKJKAC5UACRC6H6CJXCLR2STTGAAQ";

    /// <summary>The documentation's own account signing key.</summary>
    private protected const string AccountSeed = "SAAK3EL5BW4ZOR7JVTXZ4TJ6RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIA";
    private protected const string AccountKey = "ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV";

    private protected PowerShellSession Session { get; }

    public void Dispose()
    {
        if (!sharesSession)
        {
            Session.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a script that must not report any error.</summary>
    private protected RunResult Run(string script, params (string Name, object? Value)[] variables)
    {
        RunResult result = Session.Run(script, variables);
        Assert.Empty(result.Errors.Select(error => error.ToString()));
        return result;
    }

    /// <summary>Runs a script of which one value comes.</summary>
    private protected object? Value(string script) => Run(script).Single.BaseObject;

    /// <summary>Runs scripts, one after the other, that each tell the truth. What does not hold is shown with the values that it compares.</summary>
    private protected void Holds(params string[] conditions)
    {
        foreach (string condition in conditions)
        {
            if (Run(condition).Output is not [{ } answer] || !LanguagePrimitives.IsTrue(answer))
            {
                Assert.Fail(string.Join(
                    "\n    ", ComparedValues.Of(condition).Select(part => $"{part} is {Shown(part)}").Prepend($"Does not hold: {condition}")));
            }
        }
    }

    /// <summary>Runs a script that reports one error, which does not end it, and gives its message.</summary>
    private protected string Reports(string errorId, string script)
    {
        RunResult result = Session.Run(script);
        Assert.Equal([errorId], result.ErrorIds);
        return result.Errors[0].ToString();
    }

    /// <summary>Runs a script that an error ends and that must leave everything as it was; gives the error's message.</summary>
    private protected string Refuses(string errorId, string script)
    {
        string[] before = Snapshot();
        TerminatingErrorException error = Ends(script);
        Assert.Equal(before, Snapshot());
        Assert.Equal(errorId, error.ErrorId);
        return error.Message;
    }

    /// <summary>Runs a script that an error ends. One that only ends its statement does so inside a try block alone.</summary>
    private protected TerminatingErrorException Ends(string script) =>
        Assert.Throws<TerminatingErrorException>(() => Session.Run($"try {{\n{script}\n}} catch {{ throw }}"));

    /// <summary>Runs a script, also one that an error ends: that error is then the last one, and what came out before it is there.</summary>
    private protected RunResult RunToEnd(string script)
    {
        try
        {
            return Session.Run(script);
        }
        catch (TerminatingErrorException error)
        {
            return error.Result with { Errors = [.. error.Result.Errors, error.Error] };
        }
    }

    /// <summary>Runs a script that must change no file.</summary>
    private protected RunResult LeavesFilesAlone(string script)
    {
        string[] before = Snapshot();
        RunResult result = Run(script);
        Assert.Equal(before, Snapshot());
        return result;
    }

    /// <summary>
    /// Every file and folder of the session, with the hash of what stands in it; without locks and journals, which say who is at work and since when.
    /// </summary>
    private protected string[] Snapshot() =>
    [
        .. Directory.EnumerateFileSystemEntries(Session.Folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is var name && !(name == ".natskeys.lock" || name.EndsWith(".journal", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(path => File.Exists(path) ? $"{path} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}" : path),
    ];

    /// <summary>Takes a seed out of the key root.</summary>
    private protected void Forget(string publicKey)
    {
        string key = (string)Value(publicKey)!;
        File.Delete(Directory.GetFiles(Session.KeyRoot, $"{key}.nk", SearchOption.AllDirectories).Single());
    }

    private string Shown(string script)
    {
        RunResult result = RunToEnd(script);
        return result.Errors.Count > 0 ? $"an error: {result.Errors[^1]}"
            : result.Output.Count == 0 ? "nothing"
            : string.Join(", ", result.Output.Select(item => $"'{item}'"));
    }

    private protected string PathOf(string name) => Path.GetFullPath(name, Session.Folder);

    private protected void WriteFile(string name, string text) => File.WriteAllText(PathOf(name), text);
}
