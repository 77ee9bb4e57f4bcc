using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>What stands in credentials files.</summary>
internal static class CredentialTexts
{
    /// <summary>The text of a user's credentials, with the seed of its own key root.</summary>
    public static char[] Of(NatsUser user)
    {
        using var keys = new KeyRing(user.Store.Keys);
        return Of(user, keys);
    }

    /// <summary>The text of a user's credentials, with a seed from a key ring.</summary>
    public static char[] Of(NatsUser user, KeyRing keys)
    {
        using NatsCredential credential = keys.CredentialOf(user);
        return CredentialFormat.Write(credential.Token, credential.KeyPair);
    }
}
