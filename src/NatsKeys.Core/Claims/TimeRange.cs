namespace NatsKeys.Claims;

/// <summary>A range of times of the day. If its start is after its end, it crosses midnight.</summary>
public sealed class TimeRange : ClaimObject
{
    private string? start;
    private string? end;

    /// <summary>The start, as <c>HH:MM:SS</c>.</summary>
    public string? Start { get => start; set => Set(ref start, value); }

    /// <summary>The end, as <c>HH:MM:SS</c>.</summary>
    public string? End { get => end; set => Set(ref end, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("start", ref start);
        map.Text("end", ref end);
    }
}
