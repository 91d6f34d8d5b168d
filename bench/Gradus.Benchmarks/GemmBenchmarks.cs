using BenchmarkDotNet.Attributes;
using Gradus.Kernels;

namespace Gradus.Benchmarks;

/// <summary>Products of n × n matrices in float32: as they lie, and with either operand transposed.</summary>
public unsafe class GemmBenchmarks
{
    private Operand<float> _a = null!;
    private Operand<float> _b = null!;
    private Operand<float> _c = null!;

    [Params(32, 128, 512)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => (_a, _b, _c) = (new(N * N), new(N * N), new(N * N));

    [Benchmark(Baseline = true)]
    public void Plain() => Gemm.Run(N, N, N, _a.Pointer, N, 1, _b.Pointer, N, 1, _c.Pointer, N);

    [Benchmark]
    public void LeftTransposed() => Gemm.Run(N, N, N, _a.Pointer, 1, N, _b.Pointer, N, 1, _c.Pointer, N);

    [Benchmark]
    public void RightTransposed() => Gemm.Run(N, N, N, _a.Pointer, N, 1, _b.Pointer, 1, N, _c.Pointer, N);

    /// <summary>One row times the matrix.</summary>
    [Benchmark]
    public void OneRow() => Gemm.Run(1, N, N, _a.Pointer, N, 1, _b.Pointer, N, 1, _c.Pointer, N);
}
