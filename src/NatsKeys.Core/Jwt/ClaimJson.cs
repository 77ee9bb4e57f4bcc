using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Jwt;

/// <summary>Writes claims as JSON, for tokens and comparisons.</summary>
internal static class ClaimJson
{
    /// <summary>Writes the payload of a token.</summary>
    public static GoJsonWriter Payload(ClaimSet claims) => Payload(claims, new GoJsonWriter());

    /// <summary>Writes the payload of a token with a borrowed writer, which the caller returns.</summary>
    public static GoJsonWriter BorrowPayload(ClaimSet claims) => Payload(claims, GoJsonWriter.Borrow());

    /// <summary>Whether two sets of claims are equal, apart from their issuer, issue time and identifier.</summary>
    public static bool SameWish(ClaimSet left, ClaimSet right)
    {
        (GoJsonWriter first, GoJsonWriter second) = (Wish(left), Wish(right));
        bool same = first.Written.SequenceEqual(second.Written);
        second.Return();
        first.Return();
        return same;
    }

    /// <summary>Returns the content of claims that <see cref="SameWish"/> compares, as bytes for a later comparison.</summary>
    public static byte[] WishOf(ClaimSet claims)
    {
        GoJsonWriter wish = Wish(claims);
        byte[] text = wish.Written.ToArray();
        wish.Return();
        return text;
    }

    /// <summary>
    /// Whether any text contains a lone surrogate, which is not valid Unicode. The writer uses this escape only for lone surrogates.
    /// </summary>
    public static bool HasBrokenText(ClaimSet claims)
    {
        if (!SurrogateFinder.MayFind(claims))
        {
            return false;
        }

        GoJsonWriter wish = Wish(claims);
        bool isBroken = HasBrokenText(wish.Written);
        wish.Return();
        return isBroken;
    }

    /// <summary>Computes the identifier: a hash of the standard members.</summary>
    public static string ComputeId(ClaimSet claims)
    {
        GoJsonWriter json = GoJsonWriter.Borrow();
        json.BeginObject();
        claims.MapStandard(new JsonClaimWriter(json), withId: false);
        json.EndObject();

        Span<byte> hash = stackalloc byte[Sha512T256.HashLength];
        Sha512T256.Hash(json.Written, hash);
        json.Return();
        Span<char> text = stackalloc char[Base32.EncodedLength(hash.Length)];
        Base32.Encode(hash, text);
        return new string(text);
    }

    private static GoJsonWriter Payload(ClaimSet claims, GoJsonWriter json)
    {
        var map = new JsonClaimWriter(json);
        claims = claims.InOrder();
        json.BeginObject();
        claims.MapStandard(map, withId: true);
        bool generic = claims.Kind == ClaimKind.Generic;
        if (!generic || claims.Unknown.Count > 0)
        {
            json.Name("nats");
            json.BeginObject();
            claims.Map(map);
            map.WriteUnknown(claims, canonical: generic);
            if (!generic)
            {
                claims.MapTail(map);
            }

            json.EndObject();
        }

        map.WriteUnknown(claims.Outer);
        json.EndObject();
        return json;
    }

    private static bool HasBrokenText(ReadOnlySpan<byte> text)
    {
        for (int from = 0; text[from..].IndexOf("\\ufffd"u8) is >= 0 and int index; from += index + 1)
        {
            // After another backslash, it is text that only looks like an escape.
            ReadOnlySpan<byte> before = text[..(from + index)];
            if ((before.Length - before.TrimEnd((byte)'\\').Length) % 2 == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static GoJsonWriter Wish(ClaimSet claims) => BorrowPayload(claims.As(signer: null, time: 0));
}
