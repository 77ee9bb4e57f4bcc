using System.Text.Json.Nodes;
using NatsKeys.Claims;

namespace NatsKeys.Core.Tests.Claims;

public class ListTests
{
    public static TheoryData<string, string> Activations => Vectors.Cases("activation-hash.json", "cases", "import_subject");

    [Theory]
    [InlineData("tags")]
    [InlineData("networks")]
    public void Tags_and_networks_are_folded(string name)
    {
        JsonObject file = Vectors.Load("lists.json");
        Assert.Equal(Texts(file, name), ClaimLists.Folded(Texts(file, name + "_added")));
    }

    [Fact]
    public void Networks_in_one_text_are_a_list()
    {
        JsonObject file = Vectors.Load("lists.json");
        Assert.Equal(Texts(file, "networks_set"), ClaimLists.Folded(file.Text("networks_set_from_text").Split(',')));
    }

    [Fact]
    public void Other_texts_stay_as_they_are()
    {
        JsonObject file = Vectors.Load("lists.json");
        var texts = new ClaimList<string>();
        Texts(file, "texts_added").ForEach(text => ClaimLists.AddText(texts, text));
        Assert.Equal(Texts(file, "texts"), texts);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activations_have_the_reference_s_identifier(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        var claims = new ActivationClaims { Issuer = vector.Text("issuer"), Subject = vector.Text("subject"),
            ImportSubject = vector.Text("import_subject") };
        Assert.True(vector.Text("hash_id") == claims.HashId, id);
    }

    private static List<string> Texts(JsonObject file, string name) => [.. file[name]!.AsArray().Select(text => text!.ToString())];
}
