using System.Text.Json.Nodes;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Keys;

public class Crc16Tests
{
    public static TheoryData<string, string> All => Vectors.Cases("crc16.json", "cases", "data_hex");

    [Theory]
    [MemberData(nameof(All))]
    public void Computes(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        Assert.True(vector["crc16"]!.GetValue<int>() == Crc16.Compute(vector.Hex("data_hex")), id);
    }
}
