using System.Text;

namespace NatsKeys.Claims;

/// <summary>
/// Compares texts by their UTF-8 bytes, as the reference sorts names. .NET's ordinal order differs for characters outside of the basic plane,
/// compared with those above the surrogates.
/// </summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        StringRuneEnumerator left = x.EnumerateRunes();
        StringRuneEnumerator right = y.EnumerateRunes();
        while (true)
        {
            bool hasLeft = left.MoveNext();
            bool hasRight = right.MoveNext();
            if (!hasLeft || !hasRight)
            {
                return (hasLeft ? 1 : 0) - (hasRight ? 1 : 0);
            }

            int order = left.Current.Value.CompareTo(right.Current.Value);
            if (order != 0)
            {
                return order;
            }
        }
    }
}
