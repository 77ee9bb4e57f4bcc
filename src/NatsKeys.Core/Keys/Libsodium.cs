using System.Runtime.InteropServices;

namespace NatsKeys.Keys;

/// <summary>The one function of libsodium that NSec does not offer: NaCl's <c>crypto_box</c>. The library is the one that ships with NSec.</summary>
internal static partial class Libsodium
{
    public const int NonceLength = 24;
    public const int TagLength = 16;
    private const string Library = "libsodium";

    static Libsodium()
    {
        // NSec initializes the library when its first algorithm is used.
        _ = NSec.Cryptography.KeyAgreementAlgorithm.X25519.PublicKeySize;
    }

    /// <summary>Seals: tag, then cipher text.</summary>
    public static void Seal(Span<byte> box, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> secretKey)
    {
        if (SealCore(box, message, (ulong)message.Length, nonce, publicKey, secretKey) != 0)
        {
            throw new NatsKeysException(ErrorCode.InvalidRecipient, "Nothing can be sealed for this key: it is of low order.");
        }
    }

    /// <summary>Opens; false when the box was not sealed for and by these keys, or was altered.</summary>
    public static bool TryOpen(Span<byte> message, ReadOnlySpan<byte> box, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> secretKey) =>
        OpenCore(message, box, (ulong)box.Length, nonce, publicKey, secretKey) == 0;

    [LibraryImport(Library, EntryPoint = "crypto_box_easy")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static partial int SealCore(Span<byte> box, ReadOnlySpan<byte> message, ulong length, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> secretKey);

    [LibraryImport(Library, EntryPoint = "crypto_box_open_easy")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static partial int OpenCore(Span<byte> message, ReadOnlySpan<byte> box, ulong length, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> secretKey);
}
