using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gradus.Repo.Tests;

/// <summary>
/// Where things stand: a row in Ops.X.cs, its method in Tensor.X.cs, its spec in Specs/X.cs. A fused operator is a file in the folder Ops/X, with its method.
/// </summary>
public class RoomsTests
{
    private const int LargestRoom = 40;

    /// <summary>The family of each row, by the name of its field.</summary>
    private static readonly Lazy<Dictionary<string, string>> Rows = new(static () =>
        Sources("src/Gradus/Ops", "Ops.").SelectMany(static file => file.Tree.DescendantNodes().OfType<FieldDeclarationSyntax>()
            .Where(IsRow).Select(row => (row.Declaration.Variables[0].Identifier.Text, file.Family))).ToDictionary());

    private static readonly Lazy<(string Family, CompilationUnitSyntax Tree)[]> Methods = new(static () => [.. Sources("src/Gradus/Tensor", "Tensor.")]);

    [Fact]
    public void A_row_that_tensors_apply_is_applied_in_the_file_of_its_family()
    {
        // when
        var faults = Methods.Value.SelectMany(static file => Applied(file.Tree).Select(row => (Row: row, file.Family)))
            .GroupBy(static use => use.Row, static use => use.Family)
            .Where(static uses => !uses.Contains(Rows.Value[uses.Key]))
            .Select(static uses => $"Ops.{uses.Key} is applied in {string.Join(", ", uses.Distinct().Select(static family => $"Tensor.{family}.cs"))}; " +
                $"it belongs to Tensor.{Rows.Value[uses.Key]}.cs, as its row to Ops.{Rows.Value[uses.Key]}.cs.");

        // then
        Assert.NotEmpty(Rows.Value);
        Repository.AssertNone(faults);
    }

    [Fact]
    public void The_spec_of_a_row_stands_in_the_file_of_its_family()
    {
        // given
        var families = OperatorTable.Families.SelectMany(static family => family.Specs.Where(static spec => spec.Row is not null)
            .Select(spec => (spec.Name, family.Family))).ToDictionary();

        // when
        var faults = Rows.Value.Where(row => families.GetValueOrDefault(row.Key) != row.Value).Select(row =>
            $"The spec of Ops.{row.Key} stands in {Place(families.GetValueOrDefault(row.Key))}; it belongs to Specs/{row.Value}.cs, " +
            $"as its row to Ops.{row.Value}.cs.");

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void The_spec_of_a_method_without_a_row_stands_in_the_file_of_its_family()
    {
        // given
        var families = Methods.Value.SelectMany(static file => Declared(file.Tree).Select(name => (Name: name, file.Family)))
            .ToLookup(static method => method.Name, static method => method.Family);

        // when: the spec of a form, as PadReflect, is that of the method
        var faults = OperatorTable.Families.SelectMany(family => family.Specs.Where(static spec => spec.Row is null).Select(spec =>
        {
            var method = Enumerable.Range(0, spec.Name.Length).Select(cut => spec.Name[..^cut]).First(families.Contains);
            return families[method].Contains(family.Family) ? null
                : $"The spec {spec.Name} stands in {Place(family.Family)}; it belongs to Specs/{families[method].First()}.cs, " +
                    $"as its method to Tensor.{families[method].First()}.cs.";
        })).OfType<string>();

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void A_family_of_specs_is_a_file_of_its_name() =>
        Assert.DoesNotContain(OperatorTable.Families, static family => !File.Exists(Repository.At($"tests/Gradus.Testing/{Place(family.Family)}")));

    [Fact]
    public void A_layer_lies_in_a_room() =>
        Assert.Equal(["src/Gradus.Nn/Layers/Expect.cs"], Repository.Sources("src/Gradus.Nn/Layers").Where(static path => path.Count('/') == 3));

    [Fact]
    public void No_room_is_crowded()
    {
        // when
        var faults = Repository.Sources("src").GroupBy(static path => path[..path.LastIndexOf('/')])
            .Where(static room => room.Count() > LargestRoom)
            .Select(static room => $"{room.Key} holds {room.Count()} files; at most {LargestRoom}, then it wants folders.");

        // then
        Repository.AssertNone(faults);
    }

    private static string Place(string? family) => family is null ? "no file" : $"Specs/{family}.cs";

    /// <summary>The files of a partial class: Ops.Views.cs is the family Views.</summary>
    private static IEnumerable<(string Family, CompilationUnitSyntax Tree)> Sources(string folder, string prefix) => Repository.Sources(folder)
        .Where(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))
        .Select(static path => (Path.GetFileName(path).Split('.')[1], Tree(path))).Concat(Fused());

    /// <summary>The files of fused operators, whose family is their folder.</summary>
    private static IEnumerable<(string Family, CompilationUnitSyntax Tree)> Fused() =>
        from path in Repository.Sources("src/Gradus/Ops")
        let room = path.Split('/')[^2]
        where room is not ("Ops" or "Engine" or "Arguments")
        select (room, Tree(path));

    private static CompilationUnitSyntax Tree(string path) => CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.At(path))).GetCompilationUnitRoot();

    private static bool IsRow(FieldDeclarationSyntax field) =>
        field.Modifiers.Any(SyntaxKind.StaticKeyword) && field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
            && field.Declaration.Type is SimpleNameSyntax { Identifier.Text: var type } && type.EndsWith("Op", StringComparison.Ordinal);

    private static IEnumerable<string> Applied(CompilationUnitSyntax tree) => tree.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Where(static access => access.Expression is IdentifierNameSyntax { Identifier.Text: "Ops" })
        .Select(static access => access.Name.Identifier.Text).Where(Rows.Value.ContainsKey);

    /// <summary>The methods of a file; an indexer is called Index.</summary>
    private static IEnumerable<string> Declared(CompilationUnitSyntax tree) => tree.DescendantNodes().Select(static node => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        IndexerDeclarationSyntax => "Index",
        _ => null,
    }).OfType<string>();
}
