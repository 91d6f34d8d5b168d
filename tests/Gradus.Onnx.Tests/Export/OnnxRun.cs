using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gradus.Onnx.Tests.Export;

/// <summary>Runs files by ONNX Runtime, from tensors to tensors.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxRun(string path)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        // What is compared is the file, not what a program makes of it.
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC;
        _session = new InferenceSession(path, options);
    }

    public IReadOnlyList<string> Inputs => _session.InputNames;

    public Tensor[] Run(params Tensor[] inputs)
    {
        var named = _session.InputNames.Zip(inputs, static (name, tensor) => Give(name, tensor)).ToArray();
        using var results = _session.Run(named);
        return [.. results.Select(Take)];
    }

    public void Dispose() => _session.Dispose();

    public static NamedOnnxValue Give(string name, Tensor tensor)
    {
        var sizes = tensor.Shape.ToArray();
        return tensor.DType switch
        {
            DType.Float32 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(tensor.ToArray<float>(), sizes)),
            DType.Float64 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(tensor.ToArray<double>(), sizes)),
            DType.Float16 => NamedOnnxValue.CreateFromTensor(
                name, new DenseTensor<Float16>(Array.ConvertAll(tensor.ToArray<Half>(), static x => new Float16(BitConverter.HalfToUInt16Bits(x))), sizes)),
            DType.Int64 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(tensor.ToArray<long>(), sizes)),
            DType.Int32 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<int>(tensor.ToArray<int>(), sizes)),
            _ => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<bool>(tensor.ToArray<bool>(), sizes)),
        };
    }

    private static Tensor Take(DisposableNamedOnnxValue value) => value.Value switch
    {
        DenseTensor<float> numbers => Tensor.From(numbers.ToArray(), Shape.Create([.. numbers.Dimensions])),
        DenseTensor<double> numbers => Tensor.From(numbers.ToArray(), Shape.Create([.. numbers.Dimensions])),
        DenseTensor<Float16> numbers => Tensor.From(
            Array.ConvertAll(numbers.ToArray(), static x => BitConverter.UInt16BitsToHalf(x.value)), Shape.Create([.. numbers.Dimensions])),
        DenseTensor<long> numbers => Tensor.From(numbers.ToArray(), Shape.Create([.. numbers.Dimensions])),
        DenseTensor<int> numbers => Tensor.From(numbers.ToArray(), Shape.Create([.. numbers.Dimensions])),
        DenseTensor<bool> numbers => Tensor.From(numbers.ToArray(), Shape.Create([.. numbers.Dimensions])),
        _ => throw new InvalidOperationException($"{value.Name}: {value.ElementType}"),
    };
}
