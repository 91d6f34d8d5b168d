using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gradus.Repo.Tests;

public partial class SourcesTests
{
    private const int LargestFile = 25_000;

    // As .editorconfig says: editors wrap there, but no build checks it.
    private const int LongestLine = 160;

    private static readonly Lazy<(string Path, CompilationUnitSyntax Tree)[]> Library =
        new(static () => [.. Repository.Sources("src")
            .Select(static path => (path, CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.At(path))).GetCompilationUnitRoot()))]);

    [Fact]
    public void What_is_left_to_do_has_an_issue_number()
    {
        // when
        var faults = new[] { "src", "tests", "samples", "bench" }.SelectMany(Repository.Sources)
            .SelectMany(static path => File.ReadLines(Repository.At(path)).Select((line, index) => (Place: $"{path}:{index + 1}", Line: line)))
            .Where(static place => Unnumbered.IsMatch(place.Line))
            .Select(static place => $"{place.Place}: {place.Line.Trim()}");

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void No_line_is_longer_than_the_editor_is_told_but_in_raw_texts()
    {
        // when
        var faults = new[] { "src", "tests", "samples", "bench" }.SelectMany(Repository.Sources).SelectMany(static path =>
        {
            var isRaw = false;
            return File.ReadLines(Repository.At(path)).Select((line, index) =>
            {
                var quotes = RawQuotes.Count(line);
                var (wasRaw, place) = (isRaw, $"{path}:{index + 1}: {line.Length} columns");
                isRaw ^= quotes % 2 == 1;
                return line.Length > LongestLine && !wasRaw && quotes == 0 ? place : null;
            }).OfType<string>();
        });

        // then
        Repository.AssertNone(faults);
    }

    /// <summary>The formatter knows their order, but the formatting that a build checks is of spaces alone.</summary>
    [Fact]
    public void Usings_are_in_order_with_those_of_the_system_first()
    {
        // when
        var faults = new[] { "src", "tests", "samples", "bench" }.SelectMany(Repository.Sources).Where(static path =>
        {
            string[] names = [.. File.ReadLines(Repository.At(path))
                .Select(static line => Using.Match(line)).Where(static found => found.Success).Select(static found => found.Groups[1].Value)];
            return !names.SequenceEqual(names.OrderBy(static name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal))
                .ThenBy(static name => name, StringComparer.OrdinalIgnoreCase));
        });

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void No_file_of_the_library_is_large() =>
        Assert.DoesNotContain(Repository.Sources("src"), static path => new FileInfo(Repository.At(path)).Length > LargestFile);

    [Fact]
    public void The_library_neither_reflects_nor_binds_at_run_time()
    {
        // when: the command line is no library, and need not work without a JIT
        var faults = Library.Value.Where(static file => !file.Path.StartsWith("src/Gradus.Cli/"))
            .SelectMany(static file => file.Tree.DescendantNodes().Where(IsDynamic).Select(node => $"{file.Path}: {node.Parent}"));

        // then
        Repository.AssertNone(faults);
    }

    /// <summary>Who calls a library sets options, and has no flags; the command line tells its own by <see cref="OptionMessage"/>.</summary>
    [Fact]
    public void No_text_of_the_library_names_a_flag_of_a_command_line()
    {
        // when
        var faults = Library.Value.Where(static file => !file.Path.StartsWith("src/Gradus.Cli/", StringComparison.Ordinal))
            .SelectMany(static file => TextsOf(file.Tree).Where(static text => Flag.IsMatch(text)).Select(text => $"{file.Path}: {text.Trim()}"));

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void A_file_is_named_after_a_type_it_holds()
    {
        // when
        var faults = Library.Value.Where(
            static file => !IsNamedForWhatItHolds(file.Path, [.. TypesOf(file.Tree)]) && !file.Tree.Members.OfType<GlobalStatementSyntax>().Any())
            .Select(static file => $"{file.Path} holds {string.Join(", ", TypesOf(file.Tree))}");

        // then
        Repository.AssertNone(faults);
    }

    /// <summary>
    /// Tensor.Views.cs is a part of Tensor; DivideBy.cs holds the DivideByOperator. Kernels keep the many small structs of a family in one file, named for the
    /// family.
    /// </summary>
    private static bool IsNamedForWhatItHolds(string path, string[] types)
    {
        var name = Path.GetFileName(path).Split('.')[0];
        return types.Any(type => type.Contains(name, StringComparison.Ordinal)) ||
            (types.Length > 1 && path.StartsWith("src/Gradus.Kernels/", StringComparison.Ordinal));
    }

    private static bool IsDynamic(SyntaxNode node) =>
        node is QualifiedNameSyntax { Left: IdentifierNameSyntax { Identifier.Text: "System" }, Right.Identifier.Text: "Reflection" }
            or IdentifierNameSyntax { Identifier.Text: "dynamic" or "Activator" };

    /// <summary>Strings, the literal parts of interpolated ones, and the text of XML docs.</summary>
    private static IEnumerable<string> TextsOf(CompilationUnitSyntax tree) =>
        tree.DescendantTokens(descendIntoTrivia: true).Where(static token => token.Kind() is SyntaxKind.StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.XmlTextLiteralToken).Select(static token => token.ValueText);

    private static IEnumerable<string> TypesOf(CompilationUnitSyntax tree) =>
        tree.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Select(static member => member switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.Text,
                DelegateDeclarationSyntax type => type.Identifier.Text,
                _ => null,
            }).OfType<string>();

    [GeneratedRegex(@"(^|[\s(])--[a-z]")]
    private static partial Regex Flag { get; }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes { get; }

    [GeneratedRegex(@"^using ([\w.]+);$")]
    private static partial Regex Using { get; }

    // The words are put together here, so that this file does not find itself.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b(?!\(#\d+\))")]
    private static partial Regex Unnumbered { get; }
}
