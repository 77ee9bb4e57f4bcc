using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using NatsKeys.Core.Tests.Store;
using NatsKeys.KeyRoot;

namespace NatsKeys.Core.Tests.KeyRoot;

/// <summary>Who else can read a folder of keys.</summary>
public sealed class ExposureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [EveryStore]
    public void Keys_that_were_made_here_are_their_owner_s_alone(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        Assert.Null(box.Store.Keys.Exposure);
    }

    [WindowsFact]
    [SupportedOSPlatform("windows")]
    public void Keys_that_everybody_can_read_are_told()
    {
        AssertTold(WellKnownSidType.WorldSid);
        MakeKeys(folder.Root, WindowsIdentity.GetCurrent().User!);
        Assert.Null(new FolderKeyStore(folder.Root).Exposure);
    }

    [WindowsFact]
    [SupportedOSPlatform("windows")]
    public void Keys_that_the_users_of_the_machine_can_read_are_told()
    {
        AssertTold(WellKnownSidType.BuiltinUsersSid);
        AssertTold(WellKnownSidType.AuthenticatedUserSid);
    }

    public void Dispose() => folder.Dispose();

    [SupportedOSPlatform("windows")]
    private void AssertTold(WellKnownSidType others)
    {
        string root = folder.At(others.ToString());
        string keys = MakeKeys(root, new SecurityIdentifier(others, null));
        string? exposure = new FolderKeyStore(root).Exposure;
        Assert.Contains("can be read by others", exposure, StringComparison.Ordinal);
        Assert.Contains($"icacls '{keys}'", exposure, StringComparison.Ordinal);
    }

    [SupportedOSPlatform("windows")]
    private static string MakeKeys(string root, SecurityIdentifier who)
    {
        Directory.CreateDirectory(root);
        string path = Path.Combine(root, "keys");
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(WindowsIdentity.GetCurrent().User!, FileSystemRights.FullControl, AccessControlType.Allow));
        security.AddAccessRule(new FileSystemAccessRule(who, FileSystemRights.ReadAndExecute, AccessControlType.Allow));
        security.CreateDirectory(path);
        return path;
    }
}
