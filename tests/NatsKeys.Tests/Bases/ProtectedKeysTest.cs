using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Bases;

/// <summary>A test with two passphrases, <c>$p</c> and <c>$q</c>, and words for what a new process would see.</summary>
public abstract class ProtectedKeysTest : ModuleTest
{
    private protected const string Passphrase = "correct horse";
    private protected const string Other = "battery staple";

    /// <summary>Forgets what unlocks the default root.</summary>
    private protected const string Lock = "(Get-NatsStore).Keys.Lock()";

    private protected const string State = "(Get-NatsStore).Keys.Protection";

    private protected ProtectedKeysTest() => Run(
        $"$p = [System.Net.NetworkCredential]::new('', '{Passphrase}').SecurePassword; $q = [System.Net.NetworkCredential]::new('', "
            + $"'{Other}').SecurePassword");

    private protected string Header => Path.Combine(Session.KeyRoot, "protection.yaml");

    private protected string[] SeedFiles => Directory.GetFiles(Session.KeyRoot, "*.nk", SearchOption.AllDirectories);

    private protected void StateIs(string state) => Assert.Equal(state, Value($"\"$({State})\""));

    /// <summary>Whether no file of a folder has a seed.</summary>
    private protected static void HasNoSeed(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotMatch(SeedText.Pattern(), File.ReadAllText(file));
        }
    }

    /// <summary>Everything that somebody could see of a run, also of one that an error ends, without what was typed.</summary>
    private protected string SeenOf(string script)
    {
        RunResult result = RunToEnd(script);
        string errors = string.Join('\n', result.Errors.Select(error => $"{error} {error.Exception} {error.TargetObject}"));
        return errors + (result with { Errors = [] }).AllText;
    }
}
