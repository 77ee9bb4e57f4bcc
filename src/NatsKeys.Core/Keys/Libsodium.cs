using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NatsKeys.Keys;

/// <summary>
/// What NSec does not offer of libsodium: NaCl's <c>crypto_box</c>, and a public key without guarded memory. The library is the one that ships with
/// NSec.
/// </summary>
internal static partial class Libsodium
{
    public const int NonceLength = 24;
    public const int TagLength = 16;
    private const int SecretKeyLength = 64;
    private const string Library = "libsodium";

    static Libsodium()
    {
        // NSec initializes the library when its first algorithm is used.
        _ = NSec.Cryptography.KeyAgreementAlgorithm.X25519.PublicKeySize;
    }

    /// <summary>
    /// The Ed25519 public key of a seed. To put the seed, which is available anyway, into guarded memory for that moment takes as long as the
    /// work itself: eight system calls, each of which changes the map of the process.
    /// </summary>
    public static void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        Span<byte> secretKey = stackalloc byte[SecretKeyLength];
        DeriveCore(publicKey, secretKey, seed);
        CryptographicOperations.ZeroMemory(secretKey);
    }

    /// <summary>Seals: tag, then cipher text.</summary>
    public static void Seal(
        Span<byte> box, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> secretKey)
    {
        if (SealCore(box, message, (ulong)message.Length, nonce, publicKey, secretKey) != 0)
        {
            throw new NatsKeysException(ErrorCode.InvalidRecipient, "Messages cannot be sealed for this key: it is a low-order point.");
        }
    }

    /// <summary>Opens; false when the box was not sealed for and by these keys, or was altered.</summary>
    public static bool TryOpen(
        Span<byte> message, ReadOnlySpan<byte> box, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> secretKey) =>
        OpenCore(message, box, (ulong)box.Length, nonce, publicKey, secretKey) == 0;

    [LibraryImport(Library, EntryPoint = "crypto_sign_seed_keypair")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static partial int DeriveCore(Span<byte> publicKey, Span<byte> secretKey, ReadOnlySpan<byte> seed);

    [LibraryImport(Library, EntryPoint = "crypto_box_easy")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static partial int SealCore(
        Span<byte> box,
        ReadOnlySpan<byte> message,
        ulong length,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> secretKey);

    [LibraryImport(Library, EntryPoint = "crypto_box_open_easy")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static partial int OpenCore(
        Span<byte> message,
        ReadOnlySpan<byte> box,
        ulong length,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> secretKey);
}
