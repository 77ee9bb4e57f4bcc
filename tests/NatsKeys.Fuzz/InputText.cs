using System.Text;

namespace NatsKeys.Fuzz;

/// <summary>Inputs as texts.</summary>
internal static class InputText
{
    /// <summary>As a file is read: what is no UTF-8 becomes U+FFFD.</summary>
    public static string OfFile(byte[] input) => Encoding.UTF8.GetString(input);

    /// <summary>As a program may hand it over: with halves of characters where the bytes were no UTF-8.</summary>
    public static string WithHalves(byte[] input) => OfFile(input).Replace('\uFFFD', '\uD83D');
}
