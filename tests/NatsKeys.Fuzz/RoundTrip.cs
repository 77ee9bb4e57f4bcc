using System.Buffers.Text;
using System.Text;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Fuzz;

/// <summary>What was read is written and read to the same, as a token and as an entity file.</summary>
internal static class RoundTrip
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public static void Check(NatsJwt jwt)
    {
        _ = (jwt.IssuedAt, jwt.Expires, jwt.NotBefore, jwt.IssuerAccount, jwt.SigningKeys, jwt.Tags);
        ClaimValidator.Check(jwt.Claims, Now);

        // What was of version 1 is written in version 2.
        jwt.Claims.Version = ClaimSet.CurrentVersion;
        CheckToken(jwt.Claims);
        if (jwt.Claims is OperatorClaims or AccountClaims or UserClaims)
        {
            CheckEntity(jwt.Claims);
        }
    }

    /// <summary>Claims → token → claims. Values that no token can carry are refused when they are written.</summary>
    public static void CheckToken(ClaimSet claims)
    {
        string text = ClaimPayload.Write(claims);
        ClaimSet again = Hold.Reads("what was written as a token is refused", text, () => ReadPayload(text, claims));
        string second = ClaimPayload.Write(again);
        Hold.That(text == second || ChangesOnReading(claims), "a token says something else when it is read and written", () => $"{text}\n{second}");
        string third = ClaimPayload.Write(Hold.Reads("what was written as a token is refused", second, () => ReadPayload(second, claims)));
        Hold.That(second == third, "a token never comes to rest", () => $"{second}\n{third}");
    }

    public static void CheckEntity(ClaimSet claims)
    {
        EntityKind kind = Enum.Parse<EntityKind>(claims.Kind.ToString());
        string text = EntityFile.Write(new EntityDocument(claims, Jwt: null));
        EntityDocument? read = null;
        if (HasGoodKeys(claims))
        {
            read = Hold.Reads("what was written as an entity file is refused", text, () => EntityFile.Read(text, kind));
        }
        else
        {
            Attempt.Run(() => read = EntityFile.Read(text, kind));
        }

        if (read is not null)
        {
            Hold.That(text == EntityFile.Write(read), "an entity file says something else when it is read and written", () => text);
            Hold.That(ClaimJson.SameWish(claims, read.Wanted), "an entity file wants something else than the token that it was made from", () =>
                $"{ClaimPayload.Write(claims)}\n{text}");
        }
    }

    /// <summary>
    /// What a token cannot say: a limit of 0 in a scope reads as none at all, and flat JetStream limits beside tiers as zero (specification, 7).
    /// </summary>
    public static bool ChangesOnReading(ClaimSet claims) => claims is AccountClaims account
        && (account.Limits.TieredLimits.Count > 0
            || account.SigningKeys.Any(key => key.IsScoped && (key.Template.Subs == 0 || key.Template.Data == 0 || key.Template.Payload == 0)));

    private static bool HasGoodKeys(ClaimSet claims) =>
        (string.IsNullOrEmpty(claims.Subject) || PublicNkey.Is(claims.Subject, IssuerTypes.SubjectOf(claims.Kind)!.Value))
        && (string.IsNullOrEmpty(claims.Issuer) || PublicNkey.TryGetType(claims.Issuer, out _));

    private static ClaimSet ReadPayload(string payload, ClaimSet like)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(payload);
        if (like.Kind == ClaimKind.Generic)
        {
            // A free map may hold anything, also what another kind could not; it must be JSON.
            JwtReader.ParseJson(utf8, "payload").Dispose();
            return like;
        }

        ClaimSet claims = JwtReader.ReadUnchecked($"{JwtWriter.Header}.{Base64Url.EncodeToString(utf8)}.AA").Claims;
        Hold.That(claims.Kind == like.Kind, "a token of another kind when it is read again");
        return claims;
    }
}
