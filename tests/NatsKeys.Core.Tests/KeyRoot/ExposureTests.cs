using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using NatsKeys.Core.Tests.Store;
using NatsKeys.KeyRoot;

namespace NatsKeys.Core.Tests.KeyRoot;

/// <summary>Who else can read a folder of keys.</summary>
public sealed class ExposureTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly TemporaryFolder folder = new();

    [Theory]
    [EveryStore]
    public void Keys_that_were_made_here_are_their_owner_s_alone(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        Assert.Empty(box.Store.Keys.Exposures);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Who_may_write_to_a_folder_on_the_way_may_put_other_keys_there()
    {
        string above = folder.At("above");
        string root = Path.Combine(above, "between", "root");
        string keys = Path.Combine(root, "keys");
        foreach (string path in (string[])[above, Path.Combine(above, "between"), root, keys])
        {
            Directory.CreateDirectory(path, Owner);
        }

        Assert.Empty(new FolderKeyStore(root).Exposures);
        foreach ((string open, string named) in new[] { (root, root), (keys, keys), (Path.Combine(above, "between"), Path.Combine(above, "between")),
            (above, above) })
        {
            File.SetUnixFileMode(open, Owner | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
            string exposure = Assert.Single(new FolderKeyStore(root).Exposures, text => text.Contains("chmod o-w", StringComparison.Ordinal));
            Assert.Contains($"'{named}'", exposure, StringComparison.Ordinal);
            File.SetUnixFileMode(open, Owner);
        }

        // In such a folder, as that for temporary files, nobody renames what others have.
        File.SetUnixFileMode(above, Owner | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.StickyBit);
        Assert.Empty(new FolderKeyStore(root).Exposures);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_of_keys_that_is_a_link_is_told()
    {
        string root = folder.At("root");
        string away = folder.At("away");
        Directory.CreateDirectory(Path.Combine(root, "keys"), Owner);
        File.SetUnixFileMode(root, Owner);
        Directory.CreateDirectory(away, Owner);
        string link = Path.Combine(root, "keys", "A");
        Directory.CreateSymbolicLink(link, away);
        string exposure = Assert.Single(new FolderKeyStore(root).Exposures);
        Assert.Contains($"'{link}'", exposure, StringComparison.Ordinal);
        Assert.Contains($"'{away}'", exposure, StringComparison.Ordinal);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Of_a_root_that_is_a_link_the_way_to_where_it_leads_counts()
    {
        string open = folder.At("open");
        Directory.CreateDirectory(Path.Combine(open, "root", "keys"), Owner);
        File.SetUnixFileMode(Path.Combine(open, "root"), Owner);
        Directory.CreateSymbolicLink(folder.At("link"), Path.Combine(open, "root"));
        Assert.Empty(new FolderKeyStore(folder.At("link")).Exposures);
        File.SetUnixFileMode(open, Owner | UnixFileMode.OtherWrite);
        Assert.Contains($"'{open}'", Assert.Single(new FolderKeyStore(folder.At("link")).Exposures), StringComparison.Ordinal);
    }

    [WindowsFact]
    [SupportedOSPlatform("windows")]
    public void Keys_that_everybody_can_read_are_told()
    {
        AssertExposed(WellKnownSidType.WorldSid);
        MakeKeys(folder.Root, WindowsIdentity.GetCurrent().User!);
        Assert.Empty(new FolderKeyStore(folder.Root).Exposures);
    }

    [WindowsFact]
    [SupportedOSPlatform("windows")]
    public void Keys_that_the_users_of_the_machine_can_read_are_told()
    {
        AssertExposed(WellKnownSidType.BuiltinUsersSid);
        AssertExposed(WellKnownSidType.AuthenticatedUserSid);
    }

    public void Dispose() => folder.Dispose();

    [SupportedOSPlatform("windows")]
    private void AssertExposed(WellKnownSidType others)
    {
        string root = folder.At(others.ToString());
        string keys = MakeKeys(root, new SecurityIdentifier(others, null));
        string exposure = Assert.Single(new FolderKeyStore(root).Exposures);
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
