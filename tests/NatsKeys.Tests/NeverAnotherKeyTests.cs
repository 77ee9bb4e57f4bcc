using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>What must never happen: that another key signs than the one that was asked for, or one that may not.</summary>
public class NeverAnotherKeyTests : SigningTest
{
    private const string NewUser = "$a | New-NatsUser U";
    private const string NewAccount = "$o | New-NatsAccount B";
    private const string AddToAccount = "$a | Add-NatsSigningKey";
    private const string AddToOperator = "$o | Add-NatsSigningKey";
    private const string Remove = "$ak | Remove-NatsSigningKey -Confirm:$false";
    private const string NewOperator = "New-NatsOperator O3";

    public static TheoryData<string, string, string> Unusable()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string command in new[] { NewUser, NewAccount, AddToAccount, AddToOperator, Remove, NewOperator })
        {
            data.Add(command, "raeder", "SigningKeyNotFound");
            data.Add(command, "READER", "SigningKeyNotFound");
            data.Add(command, "./none.nk", "SigningKeyNotFound");
            data.Add(command, ".", "SigningKeyNotFound");
            data.Add(command, "''", "SigningKeyNotFound");
            data.Add(command, AccountKey, "SigningKeyNotFound");
            data.Add(command, "ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RW", "SigningKeyNotFound");
            data.Add(command, "SAAK3EL5BW4ZOR7JVTXZ4TJ7RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIA", "SigningKeyNotFound");
            data.Add(command, "(New-NatsKeyPair Account)", "SigningKeyNotAllowed");
            data.Add(command, "(New-NatsKeyPair Operator)", "SigningKeyNotAllowed");
            data.Add(command, "(New-NatsKeyPair User)", "SigningKeyNotAllowed");
            data.Add(command, "(New-NatsKeyPair Curve)", "SigningKeyNotAllowed");
            data.Add(command, "(New-NatsKeyPair Account).ToSeed()", "SigningKeyNotAllowed");
            data.Add(command, AccountSeed, "SigningKeyNotAllowed");
            data.Add(command, "./foreign.nk", "SigningKeyNotAllowed");
            data.Add(command, "{ 'garbage' }", "ExternalSigner");
            data.Add(command, "{ }", "ExternalSigner");
            data.Add(command, "{ $null }", "ExternalSigner");
            data.Add(command, "{ [byte[]]::new(64) }", "ExternalSigner");
            data.Add(command, "{ [byte[]]::new(63) }", "ExternalSigner");
            data.Add(command, "{ $foreign.Invoke($_) }", "ExternalSigner");
            data.Add(command, "{ throw 'the vault is closed' }", "ExternalSigner");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void A_key_that_cannot_sign_ends_the_pipeline_and_nothing_is_written(string command, string key, string errorId)
    {
        WriteFile("foreign.nk", AccountSeed);
        Run("$foreign = $signer", ("signer", (Func<byte[], byte[]>)(data => ExternalKey.Sign(AccountSeed, data))));

        string message = Refuses(errorId, $"{command} -SigningKey {key}");

        Assert.DoesNotContain(AccountSeed[..30], message, StringComparison.Ordinal);
        if (errorId == "SigningKeyNotFound")
        {
            Assert.Matches("(operator|account|user) O[23]", message);
        }
    }

    [Theory]
    [InlineData(NewUser)]
    [InlineData(NewAccount)]
    [InlineData(AddToAccount)]
    [InlineData(AddToOperator)]
    [InlineData(Remove)]
    [InlineData(NewOperator)]
    public void A_variable_without_a_value_is_not_no_key(string command) =>
        Refuses("ParameterArgumentValidationError", $"{command} -SigningKey $unset");

    [Theory]
    [InlineData(NewUser)]
    [InlineData(NewAccount)]
    [InlineData(Remove)]
    public void A_key_file_that_holds_no_key_ends_the_pipeline_and_is_named(string command)
    {
        WriteFile("bad.nk", "This is no key.");
        string message = RefusesSomehow($"{command} -SigningKey ./bad.nk");
        Assert.Contains("bad.nk", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_with_two_seeds_ends_the_pipeline()
    {
        WriteFile("two.nk", $"{AccountSeed}\n{OperatorSeed}\n");
        RefusesSomehow($"{NewUser} -SigningKey ./two.nk");
    }

    [Fact]
    public void A_secure_string_that_holds_no_seed_ends_the_pipeline()
    {
        Run("$no = [SecureString]::new(); 'not a seed'.ToCharArray() | ForEach-Object { $no.AppendChar($_) }");
        RefusesSomehow($"{NewUser} -SigningKey $no");
        RefusesSomehow($"{NewUser} -SigningKey ([SecureString]::new())");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("@{}")]
    [InlineData("$o")]
    [InlineData("(Get-NatsStore)")]
    public void Something_that_is_no_key_at_all_ends_the_pipeline(string key) => RefusesSomehow($"{NewUser} -SigningKey {key}");

    [Fact]
    public void A_key_file_of_the_key_root_that_holds_another_key_ends_the_pipeline()
    {
        string file = Directory.GetFiles(Session.KeyRoot, (string)Value("$ak.PublicKey")! + ".nk", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, AccountSeed);
        RefusesSomehow($"{NewUser} -SigningKey $ak.PublicKey");
    }

    [Fact]
    public void A_role_that_two_keys_have_ends_the_pipeline()
    {
        string file = PathOf("store/O2/accounts/A/account.yaml");
        string text = File.ReadAllText(file);
        string scope = text[text.IndexOf("{\"kind\":\"user_scope\"", StringComparison.Ordinal)..];
        scope = scope[..(scope.IndexOf("\"description\":\"\"}", StringComparison.Ordinal) + "\"description\":\"\"}".Length)];
        string other = scope.Replace((string)Value("$reader.PublicKey")!, AccountKey, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(scope, $"{scope},{other}", StringComparison.Ordinal));
        Holds("(Get-NatsAccount A).SigningKeys.Count -eq 3");

        Assert.Contains(AccountKey, RefusesSomehow($"{NewUser} -SigningKey reader"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_after_a_wrong_key_is_signed()
    {
        Refuses("SigningKeyNotFound", "'A', 'A' | New-NatsUser U -SigningKey raeder");
        Holds("@(Get-NatsUser).Count -eq 0");
    }

    [Fact]
    public void A_piped_key_that_was_taken_off_the_list_signs_nothing_and_no_other_does()
    {
        Run("$ak | Remove-NatsSigningKey -Confirm:$false");
        Assert.Equal(["SigningKeyNotAllowed"], Fails("$ak | New-NatsUser U").ErrorIds);
    }

    [Fact]
    public void A_piped_key_without_a_seed_signs_nothing_and_no_other_does()
    {
        Forget("$ak.PublicKey");
        Assert.Equal(["SigningKeyNotFound"], Fails("Get-NatsSigningKey $ak.PublicKey -Account A | New-NatsUser U").ErrorIds);
    }

    [Fact]
    public void A_key_of_another_account_signs_nothing()
    {
        Run("$bk = $o | New-NatsAccount B | Add-NatsSigningKey");
        Refuses("SigningKeyNotAllowed", $"{NewUser} -SigningKey $bk");
        Refuses("SigningKeyNotAllowed", $"{NewUser} -SigningKey $ok");
        Refuses("SigningKeyNotAllowed", $"{NewAccount}2 -SigningKey $ak");
    }

    [Theory]
    [InlineData("$o | New-NatsAccount B -SigningKey (Get-NatsKeyPair $o.Subject)")]
    [InlineData("$o | New-NatsAccount B -SigningKey $o.Subject")]
    [InlineData("$a | New-NatsUser U -SigningKey $a.Subject")]
    [InlineData("$a | Add-NatsSigningKey -SigningKey $o.Subject")]
    public void Under_a_strict_operator_no_identity_key_signs(string script)
    {
        MakeStrict();
        Assert.Matches($"{Value("$o.Subject")}|{Value("$a.Subject")}", Refuses("SigningKeyNotAllowed", script));
    }

    [Fact]
    public void Under_a_strict_operator_no_identity_key_signs_by_default()
    {
        MakeStrict();
        Forget("$ok.PublicKey");
        Forget("$ak.PublicKey");
        Assert.Equal(["SigningKeyNotFound"], Fails(NewAccount).ErrorIds);
        Assert.Equal(["SigningKeyNotFound"], Fails(NewUser).ErrorIds);
    }

    [Fact]
    public void A_script_block_whose_second_signature_is_wrong_signs_nothing()
    {
        Run("$good = $signer; $script:calls = 0", ("signer", SignerOf("$ak.KeyPair")));
        Refuses("ExternalSigner", $"{NewUser} -SigningKey {{ if ($script:calls++ -eq 0) {{ $good.Invoke($_) }} else {{ [byte[]]::new(64) }} }}");
    }

    [Fact]
    public void What_a_script_block_throws_is_told() =>
        Assert.Contains("the vault is closed", Refuses("ExternalSigner", $"{NewUser} -SigningKey {{ throw 'the vault is closed' }}"),
            StringComparison.Ordinal);

    [Fact]
    public void A_wrong_key_is_told_under_ErrorAction_SilentlyContinue_too()
    {
        string[] before = Snapshot();
        TerminatingErrorException error = Ends($"{NewUser} -SigningKey raeder -ErrorAction SilentlyContinue");
        Assert.Equal("SigningKeyNotFound", error.ErrorId);
        Assert.Equal(before, Snapshot());
    }

    private string RefusesSomehow(string script)
    {
        string[] before = Snapshot();
        TerminatingErrorException error = Ends(script);
        Assert.Equal(before, Snapshot());
        return error.Message;
    }
}
