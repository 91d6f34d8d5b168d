using BenchmarkDotNet.Attributes;
using Gradus.Kernels;

namespace Gradus.Benchmarks;

/// <summary>Updates of n float32 parameters: with no, one and two numbers kept for each.</summary>
public unsafe class OptimizerBenchmarks
{
    private Operand<float> _parameter = null!;
    private Operand<float> _gradient = null!;
    private Operand<float> _first = null!;
    private Operand<float> _second = null!;

    [Params(1000, 400_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_parameter, _gradient, _first, _second) = (new(N), new(N), new(N), new(N));
        // A second moment is no square of anything below zero.
        new Span<float>(_second.Pointer, N).Fill(1);
    }

    // The rate is 0, so that no run changes the numbers that the next one works on.
    [Benchmark(Baseline = true)]
    public void Sgd() => Update.Run(new SgdUpdate(0, 0), N, _parameter.Pointer, _gradient.Pointer, null, null);

    [Benchmark]
    public void Momentum() => Update.Run(new MomentumUpdate(0, 0, 0.9, 0, nesterov: false, firstStep: false), N, _parameter.Pointer,
        _gradient.Pointer, _first.Pointer, null);

    [Benchmark]
    public void Adam() =>
        Update.Run(new AdamUpdate(0, 0.9, 0.999, 1e-8, 0, decoupled: false, 0.1, 0.001), N, _parameter.Pointer, _gradient.Pointer,
            _first.Pointer, _second.Pointer);
}
