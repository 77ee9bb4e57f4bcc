using NatsKeys.Exchange;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>Folders of nsc that cannot be looked at.</summary>
public class NscReaderTests
{
    [Fact]
    public void A_folder_that_has_gone_is_passed_over() =>
        Assert.False(NscReader.IsOwn(Path.Combine(Path.GetTempPath(), $"gone-{Guid.NewGuid():n}")));

    [UnixFact]
    public void A_folder_that_the_system_refuses_is_named()
    {
        string folder = Path.Combine(Path.GetTempPath(), new string('a', 5000));
        Assert.Equal(folder, Refused.With(ErrorCode.FileAccess, () => NscReader.IsOwn(folder)).Path);
    }
}
