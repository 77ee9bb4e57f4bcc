namespace NatsKeys.Core.Tests;

/// <summary>Says what a refused operation must look like: an error with a defined code, and nothing secret in its message.</summary>
internal static class Refused
{
    public static NatsKeysException With(ErrorCode code, Action action)
    {
        NatsKeysException error = Assert.ThrowsAny<NatsKeysException>(action);
        Assert.True(code == error.Code, $"{error.Code} instead of {code}: {error.Message}");
        return error;
    }
}
