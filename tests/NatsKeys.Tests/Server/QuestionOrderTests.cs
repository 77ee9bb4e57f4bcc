namespace NatsKeys.Tests.Server;

/// <summary>Nobody is asked to confirm what then fails: what the store alone tells is checked before.</summary>
public sealed class QuestionOrderTests : ModuleTest
{
    public QuestionOrderTests() => Run("$o = New-NatsOperator O; $a = $o | New-NatsAccount A");

    [Theory]
    [InlineData("Unpublish-NatsAccount A -Server nats://127.0.0.1:1", "NoSystemAccount")]
    [InlineData("Unpublish-NatsAccount A -Server nats://127.0.0.1:1 -WhatIf", "NoSystemAccount")]
    [InlineData("Publish-NatsAccount A -Server nats://127.0.0.1:1 -Confirm", "NoSystemAccount")]
    [InlineData("Receive-NatsAccount A -Server nats://127.0.0.1:1 -Confirm", "NoSystemAccount")]
    [InlineData("Unpublish-NatsAccount A", "InvalidServer")]
    public void What_is_missing_is_told_without_a_question(string script, string errorId) => Refuses(errorId, script);
}
