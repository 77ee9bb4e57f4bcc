using NatsKeys.Core.Tests.Store;
using NatsKeys.Inspection;

namespace NatsKeys.Core.Tests.Inspection;

public class ClaimLinesTests
{
    private const string Text =
        """
        kind: account
        name: A
        subject: AAAA
        expires: 2027-01-01
        claims:
          exports:
          - subject: b.>
            type: stream
          - type: stream
            subject: a.>
          signing_keys:
          - key: AZ
            template:
              pub: { allow: [x] }
          - AB
          limits: { conn: 5 }
          description: words
        jwt: eyJ0
        """;

    [Theory]
    [InlineData("exp", 4)]
    [InlineData("name", 2)]
    [InlineData("jwt", 18)]
    [InlineData("subject", 3)]
    [InlineData("nats", 5)]
    [InlineData("exports", 6)]
    [InlineData("exports[0]", 9)]
    [InlineData("exports[0].subject", 10)]
    [InlineData("exports[1].subject", 7)]
    [InlineData("exports[1].response_type", 7)]
    [InlineData("exports[9].subject", 6)]
    [InlineData("signing_keys[0]", 15)]
    [InlineData("signing_keys[1].template.pub.allow[0]", 14)]
    [InlineData("limits.conn", 16)]
    [InlineData("description", 17)]
    [InlineData("iss", null)]
    [InlineData("imports[0].token", null)]
    [InlineData("", null)]
    public void A_claim_is_found_where_the_file_has_it(string claim, int? line)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("a.yaml"), Text);
        Assert.Equal(line, ClaimLines.TryRead(folder.At("a.yaml"))!.Find(claim));
    }

    [Fact]
    public void A_file_that_has_gone_or_cannot_be_read_has_no_lines()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("bad.yaml"), "a: [");
        Assert.Null(ClaimLines.TryRead(folder.At("bad.yaml")));
        Assert.Null(ClaimLines.TryRead(folder.At("none.yaml")));
    }
}
