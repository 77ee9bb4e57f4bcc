using System.Diagnostics;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>
/// A pipe, a device, a folder, a file without an end or a link in a circle, in the place of each file that a cmdlet reads: a clear error, and nobody
/// waits.
/// </summary>
public class PlacesThatAreNoFilesTests : ModuleTest
{
    // Only what waits for ever takes so long.
    private static readonly TimeSpan Forever = TimeSpan.FromMinutes(2);
    private static readonly string[] Kinds = ["pipe", "device", "folder", "endless", "circle"];

    private static readonly (string Place, string Script)[] Readers =
    [
        ("store/natskeys.yaml", "Get-NatsStore -Path store"),
        ("store/natskeys.yaml", "New-NatsUser V -Account A"),
        ("store/O2/operator.yaml", "Get-NatsOperator O2"),
        ("store/O2/operator.yaml", "Set-NatsOperator O2 -AddTag t"),
        ("store/O2/accounts/A/account.yaml", "Get-NatsAccount A"),
        ("store/O2/accounts/A/account.yaml", "New-NatsUser V -Account A"),
        ("store/O2/accounts/A/account.yaml", "New-NatsServerConfig -Resolver Memory -Operator O2"),
        ("store/O2/accounts/A/users/U.yaml", "Get-NatsUser U -Account O2/A"),
        ("store/O2/accounts/A/users/U.yaml", "Set-NatsUser O2/A/U -AddTag t"),
        ("store/rotations.yaml", "Update-NatsSigningKey -Account A -Key $listed"),
        ("keys/protection.yaml", "New-NatsUser V -Account A"),
        ("$seed", "New-NatsUser V -Account A -SigningKey $account"),
        ("$seed", "Set-NatsAccount A -AddTag t -SigningKey $operator"),
        ("keys/creds/O2/A/U.creds", "Set-NatsUser U -AddTag t"),
        ("keys/creds/O2/A/U.creds", "Export-NatsContext c -User U"),
        ("x.nk", "Import-NatsKeyPair -Path x.nk"),
        ("x.nk", "New-NatsUser V -Account A -SigningKey ./x.nk"),
        ("x.nk", "New-NatsUser V -Account A -Key ./x.nk"),
        ("x.nk", "Import-NatsStore x.nk"),
        ("x.jwt", "Import-NatsStore x.jwt"),
        ("x.jwt", "ConvertFrom-NatsJwt -LiteralPath x.jwt"),
        ("x.jwt", "Add-NatsImport s -Account A -From $account -Token ./x.jwt"),
        ("x.creds", "Import-NatsStore x.creds"),
        ("x.creds", "Import-NatsCredential x.creds"),
        ("x.creds", "Test-NatsConnection -Credential ./x.creds -Server nats://127.0.0.1:1"),
        ("x", "Import-NatsStore x"),
        ("x", "Complete-NatsSigningRequest x"),
        ("x", "New-NatsSignature -Path x -SigningKey $account"),
        ("x", "Test-NatsSignature -Path x -Signature $signature -PublicKey $account"),
        ("x", "Protect-NatsMessage -Path x -Key $curve -To $curve.PublicKey"),
        ("x", "Unprotect-NatsMessage -Path x -Key $curve -From $curve.PublicKey"),
        ("x", "Test-NatsConnection keys/creds/O2/A/U.creds -Server nats://127.0.0.1:1 -CertificateAuthority x"),
        ("nsc/O/.nsc", "Import-NatsStore nsc"),
        ("nsc/O/O.jwt", "Import-NatsStore nsc"),
    ];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach ((string place, string script) in Readers)
        {
            foreach (string kind in Kinds)
            {
                cases.Add(kind, place, script);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nobody_waits_for_it(string kind, string place, string script)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Run(
            """
            $a = New-NatsOperator O2 | New-NatsAccount A
            $listed = ($a | Add-NatsSigningKey).PublicKey
            $operator = (Get-NatsOperator O2).Subject
            New-NatsUser U -Account A | Export-NatsCredential | Out-Null
            $account = $a.Subject
            $signature = 'A' * 86
            $curve = New-NatsKeyPair Curve
            """);
        string path = PathOf(place == "$seed" ? SeedOf(script) : place);
        Put(kind, path);

        RunResult result = await Task.Run(() => RunToEnd(script)).WaitAsync(Forever);

        // A link that leads nowhere is no file.
        Assert.True(result.ErrorIds.Count > 0, $"No error; {result.AllText}");
        Assert.All(result.ErrorIds, id => Assert.Contains(id, Expected(kind, script)));
    }

    private static string[] Expected(string kind, string script) => kind switch
    {
        "endless" => script is "Import-NatsStore x" ? ["FileNotFound"] : ["FileTooLarge", "KeyConflict"],
        _ => ["FileAccess", "FileNotFound", "InvalidPath", "InvalidPublicKey", "SigningKeyNotFound", "StoreNotFound", "StoreExists", "FileExists",
            "InvalidRequest", "KeyNotFound", "EntityNotFound"],
    };

    private string SeedOf(string script)
    {
        string key = (string)Value(script.Contains("$operator", StringComparison.Ordinal) ? "$operator" : "$account")!;
        return $"keys/keys/{key[..1]}/{key[1..3]}/{key}.nk";
    }

    private static void Put(string kind, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        switch (kind)
        {
            case "pipe":
                using (Process process = Process.Start("mkfifo", [path]))
                {
                    process.WaitForExit();
                }

                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "circle":
                File.CreateSymbolicLink(path, Path.GetFileName(path));
                break;
            default:
                using (FileStream file = File.Create(path))
                {
                    file.SetLength(1L << 30);
                }

                break;
        }
    }
}
