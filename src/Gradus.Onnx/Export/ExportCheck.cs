using System.Globalization;
using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Reads a model back and compares what it gives with what the computation gives.</summary>
internal static class ExportCheck
{
    // Of the largest number of an output: what a sum in another order moves in float32.
    private const double Tolerance = 1e-5;

    /// <summary>Runs both on a batch of another size than those that the graph was made from.</summary>
    /// <exception cref="GradusException">They differ.</exception>
    public static void Run(ModelProto model, string path, Func<Tensor[], IEnumerable<Tensor>> compute, Tensor[] examples, OnnxExportOptions options)
    {
        var given = new ExportInputs(examples, options);
        var inputs = given.IsDynamic ? given.For(ExportInputs.Check) : given.Examples;
        using var noGrad = GradMode.Disable();
        Tensor[] expected;
        using (Module.InUse()) expected = [.. compute(inputs)];
        var found = ReadBack(model, path).Run(inputs);
        for (var output = 0; output < expected.Length; output++)
        {
            var difference = Difference(expected[output], found[output]);
            if (difference <= Tolerance) continue;
            throw new GradusException(string.Create(
                CultureInfo.InvariantCulture,
                $"onnx: {path}: output {output} of the file would differ from what is exported by {difference:g2} of its largest number, expected at most " +
                $"{Tolerance}. Nothing was written."));
        }
    }

    /// <summary>The greatest difference of two tensors, as a part of the greatest number or of 1; infinite where one has NaN and the other not.</summary>
    public static double Difference(Tensor expected, Tensor found)
    {
        if (expected.Shape != found.Shape) return double.PositiveInfinity;
        double[] ours = expected.To(DType.Float64).ToArray<double>(), theirs = found.To(DType.Float64).ToArray<double>();
        var (scale, worst) = (1.0, 0.0);
        for (var index = 0; index < ours.Length; index++)
        {
            if (double.IsFinite(ours[index])) scale = Math.Max(scale, Math.Abs(ours[index]));
            if (ours[index].Equals(theirs[index])) continue;
            var difference = Math.Abs(ours[index] - theirs[index]);
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
        }

        return worst / scale;
    }

    /// <summary>A model as it is after writing and reading.</summary>
    public static OnnxModel ReadBack(ModelProto model, string path)
    {
        var writer = new WireWriter(int.MaxValue);
        model.Write(writer);
        using var stream = new MemoryStream();
        writer.CopyTo(stream);
        stream.Position = 0;
        return OnnxModel.Load(stream, name: path);
    }
}
