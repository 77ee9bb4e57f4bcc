using System.Globalization;
using System.Text.RegularExpressions;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public partial class EntityFileFaultTests
{
    [Theory]
    [InlineData("claims:\n  Limits: {}", 3, 3)]
    [InlineData("claims:\n  limits:\n    Conn: 1", 4, 5)]
    [InlineData("claims:\n  exports:\n  - subject: a\n    Type: stream", 5, 5)]
    [InlineData("claims:\n  default_permissions:\n    PUB: {}", 4, 5)]
    [InlineData("Name: A", 2, 1)]
    [InlineData("limits: {}", 2, 1)]
    [InlineData("nats: {}", 2, 1)]
    public void A_member_that_is_misspelled_or_misplaced_is_refused_with_its_place(string lines, int line, int column) =>
        AssertFault(lines, line, column);

    [Theory]
    [InlineData("name: [a]", 2, 7)]
    [InlineData("name: {}", 2, 7)]
    [InlineData("subject: UCBX", 2, 10)]
    [InlineData("subject: UCBXFJLUY77ISLNKGDM2I2X55RHJOP5Y2QHHMERNSPZSFMEYXTSN6DP2", 2, 10)]
    [InlineData("issuer: nobody", 2, 9)]
    [InlineData("tags: a", 2, 7)]
    [InlineData("tags: [[a]]", 2, 8)]
    [InlineData("expires: soon", 2, 10)]
    [InlineData("expires: 30d", 2, 10)]
    [InlineData("expires: 2027-02-29", 2, 10)]
    [InlineData("not_before: [1]", 2, 13)]
    [InlineData("claims: a", 2, 9)]
    [InlineData("claims: [a]", 2, 9)]
    [InlineData("other: a", 2, 8)]
    [InlineData("jwt: {}", 2, 6)]
    [InlineData("claims:\n  limits: 5", 3, 11)]
    [InlineData("claims:\n  limits: { conn: many }", 3, 19)]
    [InlineData("claims:\n  limits: { conn: 1.5 }", 3, 19)]
    [InlineData("claims:\n  limits: { conn: 9223372036854775808 }", 3, 19)]
    [InlineData("claims:\n  limits: { conn: [1] }", 3, 19)]
    [InlineData("claims:\n  limits: { wildcards: 1 }", 3, 24)]
    [InlineData("claims:\n  limits: { wildcards: 'true' }", 3, 24)]
    [InlineData("claims:\n  limits: { wildcards: yes }", 3, 24)]
    [InlineData("claims:\n  description: [a]", 3, 16)]
    [InlineData("claims:\n  signing_keys: a", 3, 17)]
    [InlineData("claims:\n  signing_keys:\n  - [a]", 4, 5)]
    [InlineData("claims:\n  exports: { subject: a }", 3, 12)]
    [InlineData("claims:\n  exports: [a]", 3, 13)]
    [InlineData("claims:\n  exports: [{ account_token_position: -1 }]", 3, 39)]
    [InlineData("claims:\n  revocations: [a]", 3, 16)]
    [InlineData("claims:\n  revocations: { a: b }", 3, 21)]
    [InlineData("claims:\n  mappings: { a: b }", 3, 18)]
    [InlineData("claims:\n  mappings: { a: [{ subject: b, weight: 256 }] }", 3, 41)]
    [InlineData("claims:\n  trace: a", 3, 10)]
    [InlineData("claims:\n  default_permissions: { pub: { allow: a } }", 3, 40)]
    [InlineData("claims:\n  default_permissions: { resp: { ttl: 1s } }", 3, 39)]
    public void A_value_of_another_type_is_refused_with_its_place(string lines, int line, int column) => AssertFault(lines, line, column);

    [Theory]
    [InlineData("claims:\n  signing_keys:\n  - { kind: other_scope, key: ACGFPMPQKLZKGCFJWIIZW7DPGFCW3QNQYJXJCSBZOMORNLBV5VX2SDFW }", 4)]
    [InlineData("claims:\n  signing_keys:\n  - ~", 4)]
    [InlineData("claims:\n  type: user", 3)]
    [InlineData("claims:\n  version: 1", 3)]
    [InlineData("claims:\n  tags: [a]", 3)]
    [InlineData("other:\n  exp: 1", 3)]
    [InlineData("other:\n  sub: a", 3)]
    [InlineData("other:\n  nats: {}", 3)]
    public void What_would_make_a_token_that_nobody_reads_is_refused_with_its_place(string lines, int line) => AssertFault(lines, line, column: null);

    [Theory]
    [InlineData("kind: user\n", 1)]
    [InlineData("kind: activation\n", 1)]
    [InlineData("kind: Account\n", 1)]
    [InlineData("kind: []\n", 1)]
    [InlineData("name: A\n", 1)]
    public void Another_kind_is_refused(string text, int line)
    {
        NatsKeysException error = Refused.With(ErrorCode.InvalidYaml, () => EntityFile.Read(text, EntityKind.Account));
        Assert.StartsWith($"Line {line}, ", error.Message, StringComparison.Ordinal);
    }

    private static void AssertFault(string lines, int line, int? column)
    {
        NatsKeysException error = Refused.With(ErrorCode.InvalidYaml, () => EntityFile.Read($"kind: account\n{lines}\n", EntityKind.Account));
        Match place = Place().Match(error.Message);
        Assert.Equal((line, column ?? Number(place, 2)), (Number(place, 1), Number(place, 2)));
    }

    private static int Number(Match place, int group) => int.Parse(place.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Line (\d+), column (\d+): .+")]
    private static partial Regex Place();
}
