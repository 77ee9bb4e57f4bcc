namespace NatsKeys.Claims;

/// <summary>A range of the day. When it starts after it ends, it crosses midnight.</summary>
public sealed class TimeRange : ClaimObject
{
    private string? start;
    private string? end;

    /// <summary>When it starts, <c>HH:MM:SS</c>.</summary>
    public string? Start { get => start; set => Set(ref start, value); }

    /// <summary>When it ends, <c>HH:MM:SS</c>.</summary>
    public string? End { get => end; set => Set(ref end, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("start", ref start);
        map.Text("end", ref end);
    }
}
