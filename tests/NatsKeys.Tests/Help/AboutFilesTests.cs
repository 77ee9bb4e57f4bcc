namespace NatsKeys.Tests.Help;

public sealed class AboutFilesTests : ModuleTest
{
    [Fact]
    public void The_files_that_the_topic_shows_are_signed_as_they_stand()
    {
        string[] files = [.. AboutPage.Read("about_NatsEntityFiles").Sections.SelectMany(section => section.Blocks)
            .Where(block => block.Language == "yaml").Select(block => block.Text)];
        Assert.Equal(["kind: account", "kind: user"], files.Select(file => file.Split('\n')[0]));

        // The account of the topic has this key.
        Run("New-NatsOperator ACME; Import-NatsKeyPair -Seed $seed -Store (Get-NatsStore)", ("seed", AccountSeed));
        Directory.CreateDirectory(PathOf("store/ACME/accounts/orders/users"));
        WriteFile("store/ACME/accounts/orders/account.yaml", files[0]);
        WriteFile("store/ACME/accounts/orders/users/report-job.yaml", files[1]);
        Run("Update-NatsStore");

        Holds("Test-NatsStore");
        Holds("(Get-NatsAccount orders).Limits.Conn -eq 100", "(Test-NatsPermission -User report-job -Publish orders.paid)");
    }
}
