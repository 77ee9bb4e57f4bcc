namespace NatsKeys.Core.Tests;

/// <summary>A test of what Windows alone does. Elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WindowsFactAttribute : FactAttribute
{
    public WindowsFactAttribute()
    {
        if (!OperatingSystem.IsWindows())
        {
            Skip = "Windows alone does this.";
        }
    }
}
