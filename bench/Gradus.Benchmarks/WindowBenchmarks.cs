using BenchmarkDotNet.Attributes;
using Gradus.Kernels;

namespace Gradus.Benchmarks;

/// <summary>A 3 × 3 convolution with as many filters as channels, and 2 × 2 max pooling, of 8 images of 28 × 28 in float32.</summary>
public unsafe class WindowBenchmarks
{
    private const int Images = 8;
    private const int Side = 28;
    private Operand<float> _x = null!;
    private Operand<float> _y = null!;
    private Operand<float> _weight = null!;
    private Operand<byte> _taps = null!;

    [Params(1, 32)]
    public int Channels { get; set; }

    private ConvShape Convolving => new(Images, Channels, Side, Side, Channels, 3, 3, 1, 1, 1, 1, 1, 1, 1);

    private PoolShape Pooling => new(Images * Channels, Side, Side, 2, 2, 2, 2, 0, 0);

    [GlobalSetup]
    public void Setup()
    {
        var elements = Images * Channels * Side * Side;
        (_x, _y, _weight, _taps) = (new(elements), new(elements), new(Channels * Channels * 9), new(elements / 4));
    }

    [Benchmark(Baseline = true)]
    public void Forward() => Convolution.Forward(Convolving, _x.Pointer, _weight.Pointer, null, _y.Pointer);

    [Benchmark]
    public void InputGradient() => Convolution.InputGradient(Convolving, _y.Pointer, _weight.Pointer, _x.Pointer);

    [Benchmark]
    public void WeightGradient() => Convolution.WeightGradient(Convolving, _x.Pointer, _y.Pointer, _weight.Pointer);

    [Benchmark]
    public void MaxPool() => MaxPooling.Forward(Pooling, _x.Pointer, _y.Pointer, _taps.Pointer);
}
