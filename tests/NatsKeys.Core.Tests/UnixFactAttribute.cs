namespace NatsKeys.Core.Tests;

/// <summary>A fact about files as they are on anything but Windows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "This is about Unix.";
        }
    }
}
