using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Signing;

/// <summary>Signatures of keys that are named, for claims and data that belong to no store.</summary>
public sealed class FreeSignerTests : IDisposable
{
    private readonly NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
    private readonly NatsStore store = NatsStore.InMemory();
    private readonly KeyRing ring;
    private readonly FreeSigner signer;

    public FreeSignerTests()
    {
        ring = new KeyRing(store.Keys);
        signer = new FreeSigner(ring);
    }

    [Fact]
    public void Claims_are_signed_by_the_key_that_is_named()
    {
        NatsJwt token = signer.Sign(Claims(), SigningKeyChoice.Of(key), TimeProvider.System);
        Assert.Equal((key.PublicKey, "U"), (token.Issuer, token.Name));
        store.Keys.Add(key);
        Assert.Equal(key.PublicKey, signer.Sign(Claims(), SigningKeyChoice.Named(key.PublicKey), TimeProvider.System).Issuer);
    }

    [Fact]
    public void A_function_signs_for_the_issuer_that_the_claims_name()
    {
        UserClaims claims = Claims();
        SigningKeyException error = Assert.Throws<SigningKeyException>(
            () => signer.Sign(claims, SigningKeyChoice.External(Sign), TimeProvider.System));
        Assert.Equal(ErrorCode.ExternalSigner, error.Code);
        claims.Issuer = key.PublicKey;
        Assert.Equal(key.PublicKey, signer.Sign(claims, SigningKeyChoice.External(Sign), TimeProvider.System).Issuer);
    }

    [Fact]
    public void A_function_signs_for_the_subject_where_that_is_its_key_and_no_name_is_taken_for_one()
    {
        var claims = new AccountClaims { Name = "A", Subject = key.PublicKey, Issuer = "nobody" };
        Assert.Equal(key.PublicKey, signer.Sign(claims, SigningKeyChoice.External(Sign), TimeProvider.System).Issuer);
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Account);
        string message = Assert.Throws<SigningKeyException>(() => signer.Sign(
            new AccountClaims { Subject = other.PublicKey, Issuer = "nobody" }, SigningKeyChoice.External(Sign), TimeProvider.System)).Message;
        Assert.DoesNotContain("nobody", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_key_signs_nothing()
    {
        using NatsKeyPair curve = NatsKeyPair.Generate(NatsKeyType.Curve);
        SigningKeyException error = Assert.Throws<SigningKeyException>(() => signer.Sign("data"u8, SigningKeyChoice.Of(curve)));
        Assert.Equal(ErrorCode.InvalidCurveKeyOperation, error.Code);
        Assert.Equal(
            ErrorCode.InvalidCurveKeyOperation,
            Assert.Throws<SigningKeyException>(() => signer.Sign(Claims(), SigningKeyChoice.Of(curve), TimeProvider.System)).Code);
    }

    [Fact]
    public void A_key_without_its_seed_is_looked_up_and_nobody_has_roles()
    {
        using NatsKeyPair publicOnly = NatsKeyPair.FromPublicKey(key.PublicKey);
        Refused.With(ErrorCode.SigningKeyNotFound, () => signer.Sign("data"u8, SigningKeyChoice.Of(publicOnly)));
        store.Keys.Add(key);
        Assert.True(key.Verify("data"u8, signer.Sign("data"u8, SigningKeyChoice.Of(publicOnly))));
        string message = Refused.With(ErrorCode.SigningKeyNotFound, () => signer.Sign("data"u8, SigningKeyChoice.Named("reader"))).Message;
        Assert.DoesNotContain("role", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_are_signed_by_a_key_and_by_a_function()
    {
        Assert.True(key.Verify("data"u8, signer.Sign("data"u8, SigningKeyChoice.Of(key))));
        Assert.True(key.Verify("data"u8, signer.Sign("data"u8, SigningKeyChoice.External(Sign))));
    }

    [Fact]
    public void Where_no_key_is_named_none_signs()
    {
        foreach (Action sign in (Action[])[() => signer.Sign("data"u8, SigningKeyChoice.Default), () =>
            signer.Sign(Claims(), SigningKeyChoice.Default, TimeProvider.System)])
        {
            Refused.With(ErrorCode.SigningKeyNotFound, sign);
        }
    }

    public void Dispose()
    {
        ring.Dispose();
        key.Dispose();
    }

    private static UserClaims Claims() => new() { Name = "U", Subject = NatsKeyPair.Generate(NatsKeyType.User).PublicKey };

    private byte[] Sign(byte[] data)
    {
        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(data, signature);
        return signature;
    }
}
