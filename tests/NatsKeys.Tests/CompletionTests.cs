using System.Management.Automation;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>What names something that is known completes with Tab, in every cmdlet.</summary>
public class CompletionTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    // What these name is of a closed set, or lies in the store, the key root or the session.
    private static readonly string[] Completing =
    [
        "Operator", "Account", "User", "TargetAccount", "SystemAccount", "From", "To", "SigningKey", "Key", "PublicKey", "EncryptionKey", "Role", "Subject", "Export",
        "Locale", "ConnectionType", "RemoveConnectionType", "Tier", "Type", "Resolver", "Format", "AuthUser", "AllowedAccount", "Name",
    ];

    // They name what does not exist yet, or take objects only.
    private static readonly string[] Exceptions =
    [
        "Add-NatsExport -Name", "Add-NatsExport -Subject", "Add-NatsImport -Export", "Add-NatsImport -Name", "Add-NatsSubjectMapping -To", "Export-NatsContext -Name",
        "New-NatsAccount -Name", "New-NatsActivation -Export", "New-NatsOperator -Name", "New-NatsOperator -SystemAccount", "New-NatsUser -Name",
        "Register-NatsKeySource -Name", "Set-NatsExport -Name", "Set-NatsImport -Name",
    ];

    [Fact]
    public void A_parameter_that_names_something_known_completes()
    {
        string[] bare =
        [
            .. commands.All
                .SelectMany(command => ModuleCommands.OwnParameters(command).Where(Names).Where(parameter => !Completes(parameter)).Select(parameter => $"{command.Name} -{parameter.Name}"))
                .Distinct().Order(StringComparer.Ordinal),
        ];

        Assert.Equal(Exceptions, bare);
    }

    [Theory]
    [InlineData("New-NatsUser U -Account A -Locale Europe/Berl", "Europe/Berlin")]
    [InlineData("Set-NatsUser U -RemoveConnectionType LEAFNODE_", "LEAFNODE_WS")]
    [InlineData("Set-NatsUser U -ConnectionType IN_", "IN_PROCESS")]
    [InlineData("Add-NatsSigningKey -Account B -Role rea", "reader")]
    [InlineData("Remove-NatsSubjectMapping -Account A -Subject from -To tar", "target")]
    [InlineData("Test-NatsPermission A", "A/U")]
    public void It_completes_with_what_is_known(string line, string expected)
    {
        using var session = new PowerShellSession();
        session.Run(
            """
            $a = New-NatsOperator O | New-NatsAccount A
            $a | Add-NatsSigningKey -Role reader
            $a | Add-NatsSubjectMapping from target
            $a | New-NatsUser U
            """);

        Assert.Equal([expected], session.Complete(line));
    }

    [Fact]
    public void The_public_keys_of_accounts_complete()
    {
        using var session = new PowerShellSession();
        var key = (string)session.Run("(New-NatsOperator O | New-NatsAccount A).Subject").Single.BaseObject;

        Assert.Equal([key], session.Complete("Receive-NatsAccount -PublicKey A"));
        Assert.Equal([key], session.Complete("Unpublish-NatsAccount -PublicKey A"));
        Assert.Equal([key], session.Complete($"New-NatsAccount B -Key {key[..8]}"));
    }

    private static bool Names(CommandParameterInfo parameter) => Completing.Contains(parameter.Name, StringComparer.Ordinal);

    // An enumeration and a set of values complete by themselves.
    private static bool Completes(CommandParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return (type.GetElementType() ?? type).IsEnum
            || type == typeof(SwitchParameter)
            || parameter.Attributes.Any(attribute => attribute is ArgumentCompleterAttribute or ValidateSetAttribute);
    }
}
