using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NatsKeys.Keys;

/// <summary>
/// The functions of libsodium that NSec does not offer: NaCl's <c>crypto_box</c>, and deriving a public key without guarded memory. The library is
/// the one that ships with NSec.
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
    /// Derives the Ed25519 public key of a seed. The caller has the seed in plain memory anyway. Copying it to guarded memory for this moment would
    /// take as long as the derivation itself: eight system calls, each of which changes the memory map of the process.
    /// </summary>
    public static void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        Span<byte> secretKey = stackalloc byte[SecretKeyLength];
        DeriveCore(publicKey, secretKey, seed);
        CryptographicOperations.ZeroMemory(secretKey);
    }

    /// <summary>Seals a message as a tag followed by the cipher text.</summary>
    public static void Seal(
        Span<byte> box, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> secretKey)
    {
        if (SealCore(box, message, (ulong)message.Length, nonce, publicKey, secretKey) != 0)
        {
            throw new NatsKeysException(ErrorCode.InvalidRecipient, "Messages cannot be sealed for this key: it is a low-order point.");
        }
    }

    /// <summary>Opens a sealed message. Returns false if it was not sealed for and by these keys, or was altered.</summary>
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
