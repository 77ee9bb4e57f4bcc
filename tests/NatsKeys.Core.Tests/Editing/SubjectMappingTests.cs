using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

public class SubjectMappingTests
{
    [Theory]
    [InlineData("none", null, null, "The account O/A does not map 'none'.")]
    [InlineData("x", "none", null, "The account O/A does not map 'x' to 'none'.")]
    [InlineData("x", "y", "east", "The account O/A does not map 'x' to 'y' for the cluster 'east'.")]
    [InlineData("x", null, "east", "The account O/A does not map 'x' for the cluster 'east'.")]
    [InlineData("x", "y", "", "The account O/A does not map 'x' to 'y' for all clusters.")]
    public void What_is_not_mapped_is_named(string subject, string? to, string? cluster, string message)
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A);
        var account = (NatsAccount)box.Account.Draft();
        account.SetMapping("x", "y", weight: null, "west");
        Assert.Equal(message, Refused.With(ErrorCode.ClaimNotFound, () => account.RemoveMapping(subject, to, cluster)).Message);
        account.RemoveMapping("x", "y", "west");
        Assert.Empty(account.Claims.Mappings);
    }
}
