using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>Opens a key root for this process, with a given passphrase or with the passphrase of the environment.</summary>
internal sealed class KeyRootAccess(ProtectionFile file)
{
    public KeyProtectionState State
    {
        get
        {
            try
            {
                return file.Header() is not { } header ? KeyProtectionState.None
                    : RootKeys.Find(file.Root, header.Id) is null ? KeyProtectionState.Locked : KeyProtectionState.Unlocked;
            }
            catch (NatsKeysException)
            {
                // The error is reported when a seed is read.
                return KeyProtectionState.Locked;
            }
        }
    }

    /// <summary>Gets the root key with a passphrase. Does nothing if the root is not protected.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.WrongPassphrase"/>.</exception>
    public void Open(ReadOnlySpan<char> passphrase)
    {
        if (file.Read() is { } header && !TryOpen(header, passphrase))
        {
            throw Wrong("The passphrase");
        }
    }

    /// <summary>Gets the root key with a passphrase.</summary>
    /// <returns>Whether the passphrase is correct.</returns>
    public bool TryOpen(ProtectionHeader header, ReadOnlySpan<char> passphrase) => TryUnwrap(header, passphrase) is not null;

    /// <summary>Whether this process has the root key.</summary>
    public bool IsOpen(ProtectionHeader header) => RootKeys.Find(file.Root, header.Id) is not null;

    /// <summary>Forgets the root key.</summary>
    public void Close()
    {
        if (file.Read() is { } header)
        {
            RootKeys.Forget(file.Root, header.Id);
        }
    }

    /// <summary>Returns the root key. If this process does not have it yet, the passphrase of the environment is tried.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyStoreLocked"/> or <see cref="ErrorCode.WrongPassphrase"/>.</exception>
    public Key RequireKey(ProtectionHeader header)
    {
        if (RootKeys.Find(file.Root, header.Id) is { } known)
        {
            return known;
        }

        if (RootPassphrase.Find() is not { } passphrase)
        {
            throw new NatsKeysException(
                ErrorCode.KeyStoreLocked,
                $"The key root '{file.Root}' is protected by a passphrase, which neither this process nor the environment "
                    + $"variable {RootPassphrase.Variable} has.") { Path = file.Root, Remedy = Remedy.UnlockKeyRoot };
        }

        // A wrong passphrase takes as long as a correct one, so it is tried only once.
        ProtectionFile.Seen? seen = file.Last();
        if (seen?.Refused == passphrase)
        {
            throw Wrong($"The passphrase of the environment variable {RootPassphrase.Variable}");
        }

        if (TryUnwrap(header, passphrase) is { } key)
        {
            return key;
        }

        if (seen is not null)
        {
            seen.Refused = passphrase;
        }

        throw Wrong($"The passphrase of the environment variable {RootPassphrase.Variable}");
    }

    private Key? TryUnwrap(ProtectionHeader header, ReadOnlySpan<char> passphrase) =>
        header.Unwrap(passphrase) is { } key ? RootKeys.Keep(file.Root, header.Id, key) : null;

    private NatsKeysException Wrong(string what) =>
        new(
            ErrorCode.WrongPassphrase,
            $"{what} does not open the key root '{file.Root}': it is wrong, or '{file.Path}' was altered.") { Path = file.Path };
}
