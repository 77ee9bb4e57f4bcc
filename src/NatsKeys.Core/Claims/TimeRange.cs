namespace NatsKeys.Claims;

/// <summary>A range of the day. When it starts after it ends, it crosses midnight.</summary>
public sealed class TimeRange : ClaimObject
{
    /// <summary>When it starts, <c>HH:MM:SS</c>.</summary>
    public string? Start { get; set; }

    /// <summary>When it ends, <c>HH:MM:SS</c>.</summary>
    public string? End { get; set; }

    internal override void Map(ClaimMap map)
    {
        Start = map.Text("start", Start);
        End = map.Text("end", End);
    }
}
