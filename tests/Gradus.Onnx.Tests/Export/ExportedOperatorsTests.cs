using Gradus.Testing;
using Gradus.Testing.Specs;

namespace Gradus.Onnx.Tests.Export;

/// <summary>Every operator and every method that is composed of some, as a file that ONNX Runtime runs.</summary>
public class ExportedOperatorsTests
{
    private const double Tolerance = 1e-5;

    // What cannot be written, with part of the error, and up to which version.
    private static readonly Dictionary<string, (string Why, int Until)> Refused = new()
    {
        ["Embed"] = ("puts a slice with steps into zeros", 99),
        ["DiagonalEmbed"] = ("puts a diagonal into zeros", 99),
        ["Inverse"] = ("solves or takes apart matrices", 99),
        ["Solve"] = ("solves or takes apart matrices", 99),
        ["LogDeterminant"] = ("solves or takes apart matrices", 99),
        ["DeterminantSign"] = ("solves or takes apart matrices", 99),
        ["Cholesky"] = ("solves or takes apart matrices", 99),
        ["LogDet"] = ("solves or takes apart matrices", 99),
        ["MatrixPower"] = ("solves or takes apart matrices", 99),
        ["SolveTriangular"] = ("solves or takes apart matrices", 99),
        ["CholeskySolve"] = ("solves or takes apart matrices", 99),
        ["LeastSquares"] = ("solves or takes apart matrices", 99),
        ["NonZero"] = ("reads numbers that depend on the input", 99),
        ["IndexByMask"] = ("reads numbers that depend on the input", 99),
        ["ScatterAdd"] = ("needs opset 16", 15),
        ["ScatterAddTo"] = ("needs opset 16", 15),
        ["ScatterCombine"] = ("needs opset 1", 17),
        ["ScatterReduce"] = ("needs opset 1", 17),
        ["SegmentReduce"] = ("needs opset 1", 17),
        ["SegmentSoftmax"] = ("reads numbers that depend on the input|needs opset 18", 99),
        ["UniqueValues"] = ("reads numbers that depend on the input", 99),
        ["UniqueInverse"] = ("reads numbers that depend on the input", 99),
        ["UniqueCounts"] = ("reads numbers that depend on the input", 99),
        ["BinCount"] = ("reads numbers that depend on the input", 99),
        ["BinCountWeighted"] = ("reads numbers that depend on the input", 99),
        ["Conv2dWeight"] = ("is part of a derivative", 99),
        ["AvgPool2dAdjoint"] = ("is part of a derivative", 99),
        ["Dropout"] = ("draws random numbers", 99),
        ["AlphaDropout"] = ("draws random numbers", 99),
    };

    [Theory, InlineData(13, 1), InlineData(17, 2), InlineData(26, 1)]
    public void ONNX_Runtime_computes_what_the_operator_does(int opset, int uses)
    {
        // when
        var faults = OpSpecs.All.SelectMany(spec => Uses(spec).Take(uses).Select(use => Fault(spec, use, opset))).OfType<string>().ToArray();

        // then
        if (faults.Length > 0) Assert.Fail(string.Join('\n', faults));
    }

    private static IEnumerable<Case> Uses(OpSpec spec) =>
        spec.Cases.Where(static use => !use.IsLarge && use.Inputs.All(static input => Array.TrueForAll(input.Shape, static size => size > 0)));

    private static string? Fault(OpSpec spec, Case use, int opset)
    {
        var place = FormattableString.Invariant($"{spec.Name} {use.Label} at {opset}");
        try
        {
            var worst = Worst(use, spec.Types.Contains(DType.Float32) ? DType.Float32 : spec.Types[0], opset);
            return worst <= Tolerance ? null : FormattableString.Invariant($"{place}: {worst:g2} off");
        }
        catch (GradusException exception)
        {
            var isExpected = Refused.TryGetValue(spec.Name, out var refusal) && opset <= refusal.Until &&
                exception.Message.StartsWith("onnx: ", StringComparison.Ordinal) &&
                refusal.Why.Split('|').Any(why => exception.Message.Contains(why, StringComparison.Ordinal));
            return isExpected ? null : $"{place}: {exception.Message}";
        }
    }

    private static double Worst(Case use, DType type, int opset)
    {
        using var folder = new ExportFolder();
        using var noGrad = GradMode.Disable();
        var inputs = Samples.Tensors(use, Samples.Draw(use, type), type);
        var path = folder.At("operator.onnx");
        OnnxExport.Save(path, x => use.Apply(x), inputs, new() { Opset = opset, DynamicBatch = false });
        using var run = new OnnxRun(path);
        return use.Apply(inputs).Zip(run.Run(inputs), ExportCheck.Difference).Append(0).Max();
    }
}
