namespace Gradus.Onnx.Tests;

/// <summary>ONNX's own tests: what is core is right but for what is listed, and all else is refused and never wrong.</summary>
public class BackendTests
{
    [Fact]
    public void Core_cases_of_the_newest_operators_pass() => Check(OnnxCases.Newest(), 956);

    [Fact]
    public void Core_cases_of_older_operators_pass() => Check(OnnxCases.Older(), 749);

    [Fact]
    public void Exports_of_PyTorch_pass() => Check(OnnxCases.Exports(), 102);

    private static void Check(IReadOnlyList<OnnxCase> cases, int expectedCount)
    {
        var report = new List<string>();
        var (passed, refused) = (0, 0);
        foreach (var one in cases)
        {
            try
            {
                var (isRefused, fault) = one.Run();
                if (fault is null) passed++;
                else if (isRefused) refused++;
                if (fault is not null) report.Add($"{(isRefused ? "REFUSED" : "WRONG")}\t{one.Scope}\t{one.Group}/{one.Name}\t{one.Operator}\t{fault.ReplaceLineEndings(" | ")}");
            }
            catch (Exception exception)
            {
                report.Add($"CRASH\t{one.Scope}\t{one.Group}/{one.Name}\t{one.Operator}\t{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" | ")} {exception.StackTrace?.Split('\n')[0]}");
            }
        }

        File.WriteAllLines(Path.Combine(Path.GetTempPath(), $"onnx-{expectedCount}.tsv"), report);
        Assert.Equal(expectedCount, cases.Count);
        Assert.True(report.Count == 0, $"{passed} passed, {refused} refused of {cases.Count}");
    }
}
