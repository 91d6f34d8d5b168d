using Gradus.Nn;
using Gradus.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Gradus.OnnxRuntime;

/// <summary>One network, run by Gradus and, as the file that it exports, by ONNX Runtime.</summary>
internal sealed class Sides : IDisposable
{
    private readonly Module<Tensor, Tensor> _network;
    private readonly Tensor _input;
    private readonly InferenceSession _session;
    private readonly OrtValue _value;
    private readonly RunOptions _options = new();

    /// <summary>Prepares both sides.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">Its input.</param>
    /// <param name="threads">The number of threads that each has.</param>
    public Sides(Module<Tensor, Tensor> network, Tensor input, int threads)
    {
        (_network, _input) = (network, input);
        network.Eval();
        Compute.Threads = threads;
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            network.SaveOnnx(path, input);
            using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
            // Between its stretches it must not take processors from the other side.
            options.AddSessionConfigEntry("session.force_spinning_stop", "1");
            _session = new InferenceSession(path, options);
        }
        finally
        {
            File.Delete(path);
        }

        _value = OrtValue.CreateTensorValueFromMemory(input.ToArray<float>(), [.. input.Shape.ToArray().Select(static size => (long)size)]);
    }

    /// <summary>One run by Gradus, whose result is freed.</summary>
    public void RunGradus()
    {
        using var noGrad = new NoGrad();
        using var scope = new TensorScope();
        _network.Forward(_input);
    }

    /// <summary>One run by ONNX Runtime, whose result is freed.</summary>
    public void RunOnnxRuntime()
    {
        using var results = _session.Run(_options, _session.InputNames, [_value], _session.OutputNames);
    }

    /// <summary>The greatest difference of the two results.</summary>
    public double Difference()
    {
        using var noGrad = new NoGrad();
        using var results = _session.Run(_options, _session.InputNames, [_value], _session.OutputNames);
        return _network.Forward(_input).ToArray<float>().Zip(results[0].GetTensorDataAsSpan<float>().ToArray(), static (x, y) => Math.Abs(x - y)).Max();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _value.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
