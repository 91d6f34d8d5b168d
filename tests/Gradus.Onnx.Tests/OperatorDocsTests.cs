namespace Gradus.Onnx.Tests;

/// <summary>The table of operators in docs/onnx.md, and whether each operator is tested.</summary>
public class OperatorDocsTests
{
    private const string Heading = "| operator | versions | newest cases | older cases |";

    // Operators in no case that is here; the tests of OperatorTests are their own.
    private static readonly string[] WithoutCases =
    [
        "BitwiseAnd", "BitwiseNot", "BitwiseOr", "BitwiseXor", "Celu", "GlobalLpPool", "MeanVarianceNormalization", "MelWeightMatrix", "Mish", "NonZero",
        "OptionalGetElement", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Sign", "Upsample",
    ];

    [Fact]
    public void The_documented_table_is_that_of_the_operators_and_of_the_cases_that_pass()
    {
        // given
        var file = Path.Combine(Root(), "docs", "onnx.md");
        var documented = File.ReadAllLines(file);
        var prose = documented.TakeWhile(static line => line != Heading).ToArray();

        // when
        string[] lines = [.. prose, .. Lines()];

        // then
        if (lines.SequenceEqual(documented)) return;
        if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") != "1")
            Assert.Fail("docs/onnx.md is not up to date: run the test again with GRADUS_UPDATE=1, and review it.");
        File.WriteAllText(file, string.Concat(lines.Select(static line => line + "\n")));
    }

    [Fact]
    public void Every_operator_is_in_a_case_or_has_a_test_of_its_own()
    {
        // given
        var tested = OnnxCases.Newest().Concat(OnnxCases.Older()).Concat(OnnxCases.Exports()).Where(static one => one.IsCore)
            .SelectMany(static one => OnnxInfo.Read(one.ModelPath).Operators).Select(static entry => entry.Key).ToHashSet();

        // when
        var without = OperatorTable.All.Select(static row => row.Name).Distinct().Where(name => !tested.Contains(name));

        // then
        Assert.Equal(WithoutCases.Order(StringComparer.Ordinal), without.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Lines()
    {
        yield return Heading;
        yield return "|---|---|---|---|";
        var (newest, older) = (Counts(OnnxCases.Newest()), Counts(OnnxCases.Older()));
        foreach (var rows in OperatorTable.All.GroupBy(static row => row.Name))
        {
            var versions = string.Join(", ", rows.Select(static row => row.Since));
            yield return $"| {rows.Key} | {versions} | {Told(newest, rows.Key)} | {Told(older, rows.Key)} |";
        }
    }

    private static string Told(Dictionary<string, int> counts, string name) =>
        counts.TryGetValue(name, out var count) ? count.ToString(System.Globalization.CultureInfo.InvariantCulture) : "–";

    private static Dictionary<string, int> Counts(IEnumerable<OnnxCase> cases) =>
        cases.Where(static one => one.IsCore && one.Operator.Length > 0 && one.Run() is { Fault: null }).CountBy(static one => one.Operator).ToDictionary();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Gradus.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
