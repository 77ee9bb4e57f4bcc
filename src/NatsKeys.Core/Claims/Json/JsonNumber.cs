using System.Globalization;

namespace NatsKeys.Claims;

/// <summary>Formats the floating point numbers of free maps.</summary>
internal static class JsonNumber
{
    /// <summary>
    /// The shortest digits that read back as the same number. From 1e-6 up to below 1e21 they have no exponent. Otherwise the exponent has a sign
    /// even if it is positive, and no leading zero.
    /// </summary>
    public static string Format(double value)
    {
        double magnitude = Math.Abs(value);
        string sign = double.IsNegative(value) ? "-" : "";
        if (magnitude == 0)
        {
            return sign + "0";
        }

        (string digits, int exponent) = Decompose(value.ToString("R", CultureInfo.InvariantCulture));
        if (magnitude is >= 1e-6 and < 1e21)
        {
            return sign + Plain(digits, exponent);
        }

        string fraction = digits.Length > 1 ? "." + digits[1..] : "";
        string exponentSign = exponent < 0 ? "-" : "+";
        return $"{sign}{digits[0]}{fraction}e{exponentSign}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Splits a number into its significant digits and the exponent of the first one.</summary>
    private static (string Digits, int Exponent) Decompose(string text)
    {
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = (mark < 0 ? text : text[..mark]).TrimStart('-');
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        int wholeLength = point < 0 ? mantissa.Length : point;
        string all = mantissa.Replace(".", "", StringComparison.Ordinal);
        int leadingZeros = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), exponent + wholeLength - 1 - leadingZeros);
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits.PadRight(exponent + 1, '0')
            : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
