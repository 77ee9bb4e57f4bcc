using System.Text;
using NatsKeys.Jwt;

namespace NatsKeys.Core.Tests.Jwt;

public class Sha512T256Tests
{
    [Theory]
    [InlineData("", "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData("abc", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")]
    [InlineData(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a")]
    public void The_examples_of_the_standard_hold(string text, string hash) => Assert.Equal(hash, Hash(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_million_times_a_hashes_as_published() =>
        Assert.Equal("9a59a052930187a97038cae692f30708aa6491923ef5194394dc68d56c74fb21", Hash(Encoding.ASCII.GetBytes(new string('a', 1_000_000))));

    /// <summary>Byte i is i * 7 mod 251; the hashes were made with Python's hashlib. The lengths lie around the ends of blocks.</summary>
    [Theory]
    [InlineData(0, "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData(1, "10baad1713566ac2333467bddb0597dec9066120dd72ac2dcb8394221dcbe43d")]
    [InlineData(111, "4abdba19fe2d70e87b56682e8cd630f93651414242abe2750d96527be0218756")]
    [InlineData(112, "a27b4ff38f59f21232deec1ea26b33628268371548d2fb0501b766aa1a60d9ec")]
    [InlineData(113, "168f6ff1c457f7a2996411b3fe35eca8464bd00af177da2031dcb38bb29a470b")]
    [InlineData(127, "3ffbe442e0eabf407adf155eaa115041a5bda9c917087a361dae2cc5f4f37ac5")]
    [InlineData(128, "1c3cc3dff91a98f2478094c7c0407172fbb1539275d4147842afa04e0f90ab9a")]
    [InlineData(129, "f5185293697f505510f9898b9d4d3503e5d08e4d651b761e1540f6e857933844")]
    [InlineData(239, "ca2a45753c91c6f432cf513b860e36367e7b8e465586b1e6efa83a96ade7fc05")]
    [InlineData(240, "9483f24a262327e3efe6531933e45f100f54eaa3292f65b98aa309774a997e62")]
    [InlineData(1000, "e0de432912cc5bf2848384167bc36eefe1b66fd192acb08fb820b886420fc8b3")]
    public void Every_length_around_a_block_holds(int length, string hash) =>
        Assert.Equal(hash, Hash([.. Enumerable.Range(0, length).Select(index => (byte)(index * 7 % 251))]));

    private static string Hash(byte[] data)
    {
        Span<byte> hash = stackalloc byte[Sha512T256.HashLength];
        Sha512T256.Hash(data, hash);
        return Convert.ToHexStringLower(hash);
    }
}
