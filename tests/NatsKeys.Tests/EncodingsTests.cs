using System.Text;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>
/// Text files of every kind, as other tools save them: with a byte order mark, and in UTF-16. What is no text is named with its file.
/// </summary>
public class EncodingsTests : ModuleTest
{
    private static readonly (string File, string Script)[] Readers =
    [
        ("store/natskeys.yaml", "Get-NatsStore -Path store"),
        ("store/O2/operator.yaml", "Get-NatsOperator O2"),
        ("store/O2/accounts/A/account.yaml", "Get-NatsAccount A"),
        ("store/O2/accounts/A/users/U.yaml", "Get-NatsUser U"),
        ("store/O2/accounts/A/users/U.yaml", "Set-NatsUser U -AddTag t -PassThru"),
        ("keys/creds/O2/A/U.creds", "Import-NatsCredential keys/creds/O2/A/U.creds"),
        ("U.jwt", "ConvertFrom-NatsJwt -LiteralPath U.jwt"),
        ("U.jwt", "Import-NatsStore U.jwt -Store (Get-NatsStore) -PassThru"),
        ("a.nk", "Import-NatsKeyPair -Path a.nk"),
        ("a.nk", "New-NatsUser V -Account A -SigningKey ./a.nk"),
        ("request.yaml", "Complete-NatsSigningRequest request.yaml -Confirm:$false"),
    ];

    public EncodingsTests() => Run(
        """
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Export-NatsCredential | Out-Null
        [System.IO.File]::WriteAllText("$pwd/U.jwt", (Get-NatsUser U).Jwt)
        Get-NatsKeyPair (Get-NatsAccount A).Subject | Export-NatsKeyPair ./a.nk | Out-Null
        $file = "$pwd/store/O2/accounts/A/users/U.yaml"
        $before = [System.IO.File]::ReadAllText($file)
        [System.IO.File]::WriteAllText($file, $before.Replace("`njwt:", "`ntags: [x]`njwt:"))
        New-NatsSigningRequest request.yaml -Store (Get-NatsStore) -Force | Out-Null
        [System.IO.File]::WriteAllText($file, $before)
        """);

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach ((string file, string script) in Readers)
        {
            foreach (string encoding in new[] { "utf-8", "utf-16", "utf-16BE" })
            {
                cases.Add(encoding, file, script);
            }
        }

        return cases;
    }

    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach ((string file, string script) in Readers)
        {
            files.Add(file, script);
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_is_read(string encoding, string file, string script)
    {
        string text = File.ReadAllText(PathOf(file));
        File.WriteAllText(PathOf(file), text,
            encoding == "utf-8" ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true) : Encoding.GetEncoding(encoding));

        RunResult result = RunToEnd(script);

        Assert.True(result.Errors.Count == 0 && result.Output.Count > 0, result.AllText);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_no_text_is_named(string file, string script)
    {
        byte[] content = File.ReadAllBytes(PathOf(file));
        File.WriteAllBytes(PathOf(file), [.. content[..^1], 0xFF, 0xFE, .. content[^1..]]);

        RunResult result = RunToEnd(script);

        string message = result.Errors[0].ToString();
        Assert.Contains(Path.GetFileName(file) == "natskeys.yaml" ? PathOf("store") : PathOf(file), message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", message, StringComparison.Ordinal);
    }
}
