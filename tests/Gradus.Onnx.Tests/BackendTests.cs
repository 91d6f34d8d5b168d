namespace Gradus.Onnx.Tests;

/// <summary>ONNX's own tests, and PyTorch's exports: what Gradus' element types can hold is right, and all else is refused, never wrong.</summary>
public class BackendTests
{
    // The expected values of this one were wrong in the release it is from; later ones, ONNX Runtime and PyTorch agree on others.
    private static readonly string[] RefusedThoughCore = ["test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True.op19"];

    [Fact]
    public void Core_cases_of_the_newest_operators_are_right_and_others_are_refused() => Check(OnnxCases.Newest(), 956, core: 740);

    [Fact]
    public void Core_cases_of_older_operators_are_right_and_others_are_refused() => Check(OnnxCases.Older(), 753, core: 604);

    [Fact]
    public void What_PyTorch_exported_gives_what_PyTorch_gave() => Check(OnnxCases.Exports(), 102, core: 102);

    private static void Check(IReadOnlyList<OnnxCase> cases, int count, int core)
    {
        // when
        var results = cases.Select(static one => (Case: one, Result: one.Run())).ToArray();

        // then
        Assert.Equal((count, core), (cases.Count, cases.Count(static one => one.IsCore)));
        AssertNone(results.Where(static one => one.Result is { IsRefused: false, Fault: not null }));
        AssertNone(results.Where(static one => one.Case.IsCore && one.Result.IsRefused && !RefusedThoughCore.Contains(one.Case.Name)));
        // Each refusal says what it is about: an operator with its domain or version, an element type, or that numbers are random.
        AssertNone(results.Where(static one => one.Result.IsRefused &&
            !Refusals.Any(word => one.Result.Fault!.Contains(word, StringComparison.Ordinal))));
    }

    private static readonly string[] Refusals = ["of opset ", "of domain ", " of type ", "random", "texts", "versions 19 to 21"];

    private static void AssertNone(IEnumerable<(OnnxCase Case, (bool IsRefused, string? Fault) Result)> results) =>
        Assert.Empty(results.Select(static one => $"{one.Case.Group}/{one.Case.Name}: {one.Result.Fault}"));
}
