using System.Globalization;
using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>External randomness: bytes, or a stream. The parameter has the type object, so that an array is bound as one value.</summary>
internal static class EntropyInput
{
    private const int Length = 32;

    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidSeedLength"/> or <see cref="ErrorCode.InvalidData"/>.</exception>
    public static byte[] Bytes(PSObject entropy)
    {
        if (entropy.BaseObject is Stream stream)
        {
            return Read(stream);
        }

        return entropy.BaseObject is not string && LanguagePrimitives.TryConvertTo(entropy, CultureInfo.InvariantCulture, out byte[] bytes)
            ? bytes
            : throw new NatsKeysException(
                ErrorCode.InvalidData, $"A {entropy.BaseObject.GetType().Name} cannot be used as randomness. Provide {Length} bytes, or a stream.");
    }

    private static byte[] Read(Stream stream)
    {
        byte[] bytes = SecretArray.Of<byte>(Length);
        int read = stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false);
        return read == Length
            ? bytes
            : throw new NatsKeysException(ErrorCode.InvalidSeedLength, $"A raw seed has {Length} bytes, but the stream provided {read}.");
    }
}
