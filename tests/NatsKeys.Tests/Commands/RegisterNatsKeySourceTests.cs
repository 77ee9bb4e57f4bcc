using NatsKeys.Tests.Hosting;
using NatsKeys.Tests.Sources;

namespace NatsKeys.Tests.Commands;

public sealed class RegisterNatsKeySourceTests : SourceTest
{
    [Fact]
    public void Every_kind_says_what_it_is()
    {
        string variable = VariableOf("$op");
        Run(
            $$"""
            $made = @(
                Register-NatsKeySource {{variable}} -PassThru
                Register-NatsKeySource -Vault v -PassThru
                Register-NatsKeySource -Vault w -SecretName 'nats-{0}' -Name byForm -PassThru
                Register-NatsKeySource -Vault w -SecretName @{ $ap.PublicKey = 'account' } -Name byTable -PassThru
                Register-NatsKeySource -Signer { $_ } -PublicKey $ap.PublicKey -PassThru
                Register-NatsKeySource -Command $program -PublicKey $other.PublicKey -PassThru
            )
            """,
            ("program", KeyPlaces.SignerProgram));
        Holds("($made.Kind -join ' ') -eq 'EnvironmentVariable Vault Vault Vault Signer Command'");
        Holds($"($made.Name -join ' ') -eq ('{variable} v byForm byTable', $ap.PublicKey.Substring(0, 12), $other.PublicKey.Substring(0, 12) "
            + "-join ' ')");
        Holds("($made.HoldsSeeds -join ' ') -eq 'True True True True False False'");
        Holds("($made.PublicKeys -join ' ') -eq ($op.PublicKey, $ap.PublicKey, $ap.PublicKey, $other.PublicKey -join ' ')");
        Assert.Equal(
            [$"environment variable {variable}", "vault v, secrets '{0}'", "vault w, secrets 'nats-{0}'", "vault w, secrets 'account'",
                "script block"],
            Run("$made.Location").Output.Take(5).Select(location => location.ToString()));
        Holds("[IO.Path]::IsPathRooted($made[5].Location)");
    }

    [Theory]
    [InlineData("", "Set-Secret $op.PublicKey $secret -Vault v")]
    [InlineData("-SecretName 'nats-{0}-seed'", "Set-Secret \"nats-$($op.PublicKey)-seed\" $secret -Vault v")]
    [InlineData("-SecretName @{ $op.PublicKey = 'op' }", "Set-Secret op $secret -Vault v")]
    [InlineData("-SecretName @{ $op = 'op'; $ap = 'none' }", "Set-Secret op $secret -Vault v")]
    [InlineData("-SecretName op", "Set-Secret op $secret -Vault v")]
    public void Secrets_are_named_in_every_way_and_hold_text_of_either_kind(string parameters, string put)
    {
        foreach ((string secret, int number) in new[] { "$op.ToSeed()", "($op | Export-NatsKeyPair -AsPlainText)",
            "(' {0} ' -f ($op | Export-NatsKeyPair -AsPlainText))" }.Select((secret, number) => (secret, number)))
        {
            Run($"$secret = {secret}; {put}; Register-NatsKeySource -Vault v {parameters} -Force; $o | New-NatsAccount B{number} | Out-Null");
        }

        Holds("@(Get-NatsAccount).Count -eq 4");
    }

    [Fact]
    public void One_secret_of_any_key_is_passed_over_for_others()
    {
        Run("Set-Secret op $other.ToSeed() -Vault v; Register-NatsKeySource -Vault v -SecretName op");
        Reports("SigningKeyNotFound", "$o | New-NatsAccount B");
    }

    [Fact]
    public void Keys_that_are_not_in_a_table_are_not_asked_for()
    {
        Run("Register-NatsKeySource -Vault v -SecretName @{ $ap.PublicKey = 'account' }");
        Reports("SigningKeyNotFound", "$o | New-NatsAccount B");
        Holds("@(Get-AskedSecret).Count -eq 0");
    }

    [Fact]
    public void A_script_block_gets_the_bytes_in_both_ways_and_gives_them_in_each_form()
    {
        string[] scripts =
        [
            "{ $sign.Invoke($_) }", "{ param($data) $sign.Invoke($data) }", "{ [Convert]::ToBase64String($sign.Invoke($_)) }",
            "{ , $sign.Invoke($_) }",
        ];
        string seed = (string)Value("$op | Export-NatsKeyPair -AsPlainText")!;
        Run("$sign = $signer", ("signer", (Func<byte[], byte[]>)(data => ExternalKey.Sign(seed, data))));
        foreach ((string script, int number) in scripts.Select((script, number) => (script, number)))
        {
            Run($"Register-NatsKeySource -Signer {script} -PublicKey $op.PublicKey -Name kms -Force; $o | New-NatsAccount B{number} | Out-Null");
            Holds($"(Get-NatsAccount B{number}).Issuer -eq $op.PublicKey");
        }
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("base64")]
    [InlineData("base64url")]
    public void A_program_gives_a_signature_in_each_form(string form)
    {
        Run($"Register-NatsKeySource -Command $program -ArgumentList {form}, {CodedVariableOf("$op")} -PublicKey $op.PublicKey; $o | "
            + "New-NatsAccount B | Out-Null", ("program", KeyPlaces.SignerProgram));
        Holds("(Get-NatsAccount B).Issuer -eq $op.PublicKey");
    }

    [Fact]
    public void A_program_runs_where_it_was_registered()
    {
        Run(
            $"""
            [IO.Directory]::CreateDirectory("$pwd/here") | Out-Null
            $ExecutionContext.SessionState.Path.SetLocation('here') | Out-Null
            Register-NatsKeySource -Command $program -ArgumentList raw, {CodedVariableOf("$op")}, ran -PublicKey $op.PublicKey
            $ExecutionContext.SessionState.Path.SetLocation('..') | Out-Null
            $o | New-NatsAccount B | Out-Null
            """,
            ("program", KeyPlaces.SignerProgram));
        Assert.Equal("x", File.ReadAllText(PathOf("here/ran")));
    }

    [Fact]
    public void Sources_belong_to_the_session_and_outlive_the_import_of_the_module()
    {
        Register(KeyPlaces.Variable, "$op");
        using (var other = new PowerShellSession())
        {
            Assert.Equal("KeyRoot", other.Run("(Get-NatsKeySource).Name").Single.BaseObject);
        }

        Run("Import-Module $manifest -Force; $o | New-NatsAccount B | Out-Null", ("manifest", PowerShellSession.ManifestPath));
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        Run("Register-NatsKeySource A, B; Register-NatsKeySource -Vault c");
        Assert.Contains("'a'", Reports("KeySourceExists", "Register-NatsKeySource a"), StringComparison.Ordinal);
        Reports("KeySourceExists", "Register-NatsKeySource X -Name keyroot -Force");
        Holds("((Get-NatsKeySource).Name -join ' ') -eq 'KeyRoot A B c'");
        Run("Register-NatsKeySource -Vault a -Force");
        Holds("((Get-NatsKeySource).Kind -join ' ') -eq 'KeyRoot Vault EnvironmentVariable Vault'");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void One_name_is_not_for_several_variables(string parameters)
    {
        Run("Register-NatsKeySource A -Name kept");
        Reports("KeySourceExists", $"Register-NatsKeySource B, C -Name kept {parameters}");
        Holds(
            "((Get-NatsKeySource).Name -join ' ') -eq 'KeyRoot kept'",
            "(Get-NatsKeySource kept).Location -like '*variable A*'");
    }

    [Fact]
    public void A_variable_that_fails_leaves_the_others()
    {
        Run("Register-NatsKeySource B");
        Reports("KeySourceExists", "Register-NatsKeySource A, B, C");
        Holds("((Get-NatsKeySource).Name -join ' ') -eq 'KeyRoot B A C'");
    }

    [Theory]
    [InlineData("Register-NatsKeySource ''", "ParameterArgumentValidationError")]
    [InlineData("Register-NatsKeySource " + AccountSeed, "InvalidName")]
    [InlineData("Register-NatsKeySource -Vault " + AccountSeed, "InvalidName")]
    [InlineData("Register-NatsKeySource -Vault v -SecretName " + AccountSeed, "InvalidName")]
    [InlineData("Register-NatsKeySource -Vault v -SecretName @{ " + AccountKey + " = '" + AccountSeed + "' }", "InvalidName")]
    [InlineData("Register-NatsKeySource -Vault v -SecretName @{ no = 'key' }", "Base32Corrupt")]
    [InlineData("Register-NatsKeySource -Vault v -SecretName @{ " + AccountKey + " = 'a'; [NatsKeys.Keys.NatsKeyPair]::FromPublicKey('" + AccountKey
        + "') = 'b' }", "EntityAmbiguous")]
    [InlineData("Register-NatsKeySource A -Name " + AccountSeed, "InvalidName")]
    [InlineData("Register-NatsKeySource A -PublicKey " + AccountSeed, "InvalidPublicKey")]
    [InlineData("Register-NatsKeySource -Signer { $_ } -PublicKey ABC", "InvalidEncoding")]
    [InlineData("Register-NatsKeySource -Signer { $_ } -PublicKey (New-NatsKeyPair Curve).PublicKey", "InvalidCurveKeyOperation")]
    [InlineData("Register-NatsKeySource -Command ./no-such-program -PublicKey " + AccountKey, "FileNotFound")]
    public void What_is_no_name_key_or_program_is_refused(string script, string errorId)
    {
        RunResult result = Session.Run(script);
        Assert.Equal([errorId], result.ErrorIds);
        Assert.DoesNotContain(AccountSeed, string.Concat(result.Errors.Select(error => error.Exception.ToString())), StringComparison.Ordinal);
        Holds("@(Get-NatsKeySource).Count -eq 1");
    }

    [Fact]
    public void Under_WhatIf_nothing_is_registered()
    {
        Run("Register-NatsKeySource A -WhatIf; Register-NatsKeySource -Vault v -WhatIf");
        Holds("@(Get-NatsKeySource).Count -eq 1");
    }

    [Fact]
    public void Public_keys_whose_seeds_are_not_in_the_key_root_are_completed()
    {
        Run("$ok = $o | Add-NatsSigningKey -SigningKey $op");
        IReadOnlyList<string> completed = Session.Complete("Register-NatsKeySource -Signer { } -PublicKey ");
        Assert.Equal([(string)Value("$op.PublicKey")!, (string)Value("$ap.PublicKey")!], completed);
    }

    [Fact]
    public void Keys_that_sources_have_are_completed_where_they_can_sign()
    {
        Register(KeyPlaces.Signer, "$op");
        Assert.Contains((string)Value("$op.PublicKey")!, Session.Complete("New-NatsSignature -SigningKey O"));
    }
}
