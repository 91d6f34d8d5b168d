using System.Collections.Concurrent;
using System.Globalization;
using Gradus.Formats;

namespace Gradus.Onnx.Tests;

/// <summary>A model with inputs and the outputs that it is to give.</summary>
internal sealed record OnnxCase(string Group, string Name, string Operator, string Scope, string ModelPath, string DataFolder)
{
    // Several tests ask for the end of every case.
    private static readonly ConcurrentDictionary<string, (bool IsRefused, string? Fault)> Ends = new();

    /// <summary>Whether its element types are those of tensors and its result is determined.</summary>
    public bool IsCore => Scope == "core";

    /// <summary>How a case ends: null where the outputs are right; else what is wrong, or why the model is refused.</summary>
    public (bool IsRefused, string? Fault) Run() => Ends.GetOrAdd(ModelPath, _ => RunOnce());

    private (bool IsRefused, string? Fault) RunOnce()
    {
        // Fourier transforms by NumPy have exact zeros where sums of products have 1e-7.
        var absolute = Operator is "DFT" or "STFT" ? 1e-4 : 1e-7;
        var relative = Name == "light_densenet121" ? 2e-3 : 1e-3;
        using var scope = new TensorScope();
        Tensor?[] outputs;
        Tensor?[] expected;
        try
        {
            var model = OnnxModel.Load(ModelPath);
            var inputs = new Dictionary<string, Tensor>();
            var given = Read("input");
            // Models without inputs beside them are given numbers that rise from 0 to 1, as ONNX's own runner does.
            if (given.Length == 0 && model.Inputs is [{ Sizes: { } sizes }]) given = [Rising(sizes)];
            for (var index = 0; index < given.Length; index++)
            {
                if (given[index] is { } tensor) inputs.Add(model.Inputs[index].Name, tensor);
            }

            outputs = [.. model.Run(inputs).Values];
            expected = Read("output");
        }
        catch (Exception exception) when (exception is GradusException or InvalidDataException)
        {
            return (true, exception.Message);
        }

        if (outputs.Length != expected.Length) return (false, $"{outputs.Length} outputs, expected {expected.Length}");
        for (var index = 0; index < outputs.Length; index++)
        {
            if (Difference(outputs[index]!, expected[index]!, relative, absolute) is { } difference) return (false, $"output {index}: {difference}");
        }

        return (false, null);
    }

    private static Tensor Rising(IReadOnlyList<string> sizes)
    {
        int[] shape = [.. sizes.Select(static size => int.Parse(size, CultureInfo.InvariantCulture))];
        var count = shape.Aggregate(1, static (product, size) => product * size);
        return (Tensor.Arange(count).To(DType.Float64) / (double)count).To(DType.Float32).Reshape(shape);
    }

    private Tensor?[] Read(string kind)
    {
        var tensors = new List<Tensor?>();
        var prefix = Group == "light" ? $"{Name}_{kind}" : kind;
        for (var index = 0; File.Exists(Path.Combine(DataFolder, FormattableString.Invariant($"{prefix}_{index}.pb"))); index++)
        {
            var path = Path.Combine(DataFolder, FormattableString.Invariant($"{prefix}_{index}.pb"));
            using var stream = File.OpenRead(path);
            tensors.Add(TensorProto.Read(new WireSource(stream, path).Scan()).ToTensor());
        }

        return [.. tensors];
    }

    /// <summary>Where two tensors differ: as ONNX compares, NaN equal to NaN.</summary>
    public static string? Difference(Tensor actual, Tensor expected, double relative, double absolute)
    {
        if (actual.DType != expected.DType || actual.Shape != expected.Shape)
            return $"{actual.DType.ShortName}{actual.Shape}, expected {expected.DType.ShortName}{expected.Shape}";
        var (x, y) = (actual.To(DType.Float64).Contiguous().ToArray<double>(), expected.To(DType.Float64).Contiguous().ToArray<double>());
        for (var index = 0; index < x.Length; index++)
        {
            var isSame = x[index].Equals(y[index]) || x[index] == y[index] || Math.Abs(x[index] - y[index]) <= absolute + (relative * Math.Abs(y[index]));
            if (!isSame) return FormattableString.Invariant($"element {index} of {x.Length} is {x[index]:R}, expected {y[index]:R}");
        }

        return null;
    }
}
