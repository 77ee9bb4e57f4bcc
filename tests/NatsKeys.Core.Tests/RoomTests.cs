using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NatsKeys.Core.Tests;

/// <summary>
/// The rooms of the two libraries, from the bottom to the top. A room uses those before it, and none after it. CONTRIBUTING.md draws them. The
/// compiler says what each name means, so that it does not matter how it is written: with or without its namespace, by an alias, in a comment.
/// </summary>
public sealed class RoomTests
{
    // What lies outside of the rooms, such as errors, stands beside Keys: a message of an error hides what looks like a seed.
    private static readonly string[] Rooms =
    [
        "Keys", "Claims", "Jwt", "Rules",
        "Files", "KeyRoot", "Store", "Signing", "Editing", "Inspection", "Exchange", "Server",
    ];

    // Each project has these usings for all of its files.
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // The generators of regular expressions and of native calls do not run here.
    private const string MissingImplementation = "CS8795";

    private static readonly CSharpParseOptions Options =
        new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly Lazy<CSharpCompilation> Libraries = new(Compile);

    [Fact]
    public void Each_file_lies_in_the_room_that_its_namespace_names()
    {
        string[] elsewhere =
        [
            .. from tree in Libraries.Value.SyntaxTrees
               from space in tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
               let room = RoomOf(tree.FilePath)
               where space.Name.ToString() != (room is "" ? "NatsKeys" : $"NatsKeys.{room}")
               select $"{tree.FilePath} declares {space.Name}",
        ];
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void Each_room_is_in_the_list()
    {
        IEnumerable<string> found = Libraries.Value.SyntaxTrees.Select(tree => RoomOf(tree.FilePath)).Where(room => room is not "").Distinct();
        Assert.Equal(Rooms.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_room_uses_one_behind_it()
    {
        string[] upwards =
        [
            .. from tree in Libraries.Value.SyntaxTrees.AsParallel()
               from used in UsedIn(Libraries.Value, tree)
               where Array.IndexOf(Rooms, used) > Math.Max(Array.IndexOf(Rooms, RoomOf(tree.FilePath)), 0)
               orderby tree.FilePath
               select $"{tree.FilePath} uses {used}",
        ];
        Assert.Empty(upwards);
    }

    /// <summary>A name that the compiler cannot resolve would tell of no room.</summary>
    [Fact]
    public void Every_name_is_resolved()
    {
        IEnumerable<Diagnostic> errors = Libraries.Value.GetDiagnostics().Where(found =>
            found.Severity == DiagnosticSeverity.Error && found.Id != MissingImplementation);
        Assert.Empty(errors.Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("using NatsKeys.Server;", "Server")]
    [InlineData("using static NatsKeys.Store.EntityState;", "Store")]
    [InlineData("using Answer = NatsKeys.Server.ServerAnswer;", "Server")]
    [InlineData("namespace NatsKeys.Keys; class C { NatsKeys.Store.NatsStore? store; }", "Store")]
    [InlineData("namespace NatsKeys.Keys; class C { global::NatsKeys.Store.NatsStore? store; }", "Store")]
    [InlineData("namespace NatsKeys.Keys; class C { Store.NatsStore? store; }", "Store")]
    [InlineData("namespace NatsKeys.Keys { using Store; class C { NatsStore? store; } }", "Store")]
    [InlineData("namespace NatsKeys.Keys; class C { string name = nameof(Files.SafeFiles); }", "Files")]
    [InlineData("namespace NatsKeys.Keys; /// <summary>As <see cref=\"Exchange.StoreImporter\"/> does.</summary>\nclass C;", "Exchange")]
    [InlineData("namespace NatsKeys.Keys; /// <exception cref=\"Signing.SigningKeyException\">It is not there.</exception>\nclass C;", "Signing")]
    public void Such_a_text_uses_a_room(string text, string room)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, Options);
        Assert.Equal([room], UsedIn(Libraries.Value.AddSyntaxTrees(tree), tree).Except(["Keys"]));
    }

    /// <summary>Both libraries as one: what is internal in the pure core is there for the other.</summary>
    private static CSharpCompilation Compile()
    {
        string src = Repository.At("src");
        IEnumerable<SyntaxTree> trees =
            from project in (string[])["NatsKeys.Core", "NatsKeys.Stores"]
            let folder = Path.Combine(src, project)
            from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')
            where path.Split('/')[0] is not ("obj" or "bin")
            select CSharpSyntaxTree.ParseText(File.ReadAllText(file), Options, path);
        IEnumerable<string> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("NatsKeys.", StringComparison.Ordinal));
        return CSharpCompilation.Create(
            "Rooms",
            trees.Append(CSharpSyntaxTree.ParseText(GlobalUsings, Options)),
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static string RoomOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path.Split('/')[0] : "";

    /// <summary>The rooms whose namespaces, types and members a text names, also in its comments.</summary>
    private static string[] UsedIn(CSharpCompilation all, SyntaxTree tree)
    {
        SemanticModel model = all.GetSemanticModel(tree);
        return
        [
            .. tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>()
                .SelectMany(name => Meant(model.GetSymbolInfo(name)))
                .Select(RoomOf)
                .Where(Rooms.Contains)
                .Distinct()!,
        ];
    }

    private static IEnumerable<ISymbol> Meant(SymbolInfo found) => found.Symbol is { } symbol ? [symbol] : found.CandidateSymbols;

    private static string? RoomOf(ISymbol symbol)
    {
        INamespaceSymbol? space = symbol switch
        {
            INamespaceSymbol itself => itself,
            IAliasSymbol { Target: INamespaceSymbol itself } => itself,
            IAliasSymbol alias => alias.Target.ContainingNamespace,
            _ => symbol.ContainingNamespace,
        };
        string name = space?.ToDisplayString() ?? "";
        return name.StartsWith("NatsKeys.", StringComparison.Ordinal) ? name.Split('.')[1] : null;
    }
}
