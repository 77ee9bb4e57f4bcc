namespace NatsKeys.Tests.Commands;

public class NewNatsPermissionTests : ModuleTest
{
    [Theory]
    [InlineData("-Request 'a b'")]
    [InlineData("-Request 'a', '>.b'")]
    [InlineData("-Reply 'svc.> q r'")]
    [InlineData("-Reply 'svc.>  q'")]
    [InlineData("-Reply 'svc.> q..r'")]
    [InlineData("-Reply 'a..b q'")]
    [InlineData("-KeyValue s -Access Read -Key 'a b'")]
    [InlineData("-Request a -InboxPrefix '_INBOX.>'")]
    [InlineData("-Request a -InboxPrefix '*'")]
    [InlineData("-Request a -InboxPrefix '_INBOX.*.x'")]
    [InlineData("-Request a -InboxPrefix '.'")]
    [InlineData("-Request a -InboxPrefix '_INBOX..x'")]
    public void What_is_no_subject_is_an_error(string parameters) => Reports("InvalidClaims", $"New-NatsPermission {parameters}");

    [Theory]
    [InlineData("-Reply 'svc.> q', 'svc.{{name()}}'", "svc.> q|svc.{{name()}}")]
    [InlineData("-Request a -InboxPrefix '_INBOX.{{name()}}.'", "_INBOX.{{name()}}.>")]
    [InlineData("-Request a -InboxPrefix '_INBOX_{{tag(site)}}'", "_INBOX_{{tag(site)}}.>")]
    public void Placeholders_and_queues_are_taken(string parameters, string subscribe) =>
        Holds($"(New-NatsPermission {parameters}).AllowSubscribe -join '|' -eq '{subscribe}'");

    [Theory]
    [InlineData("-Consume S", "$JS.hub.API.CONSUMER.CREATE.S.>")]
    [InlineData("-KeyValue s -Access Write", "$JS.hub.API.$KV.s.>")]
    [InlineData("-ObjectStore s -Access Read", "$JS.hub.API.STREAM.INFO.OBJ_s")]
    public void Another_domain_has_other_subjects(string parameters, string subject) => Holds(
        $"'{subject}' -in (New-NatsPermission {parameters} -JetStreamDomain hub).AllowPublish",
        $"[bool]((New-NatsPermission {parameters} -JetStreamDomain hub).Notes -match \"domain 'hub'\")",
        $"-not ((New-NatsPermission {parameters}).AllowPublish -match 'hub')");
}
