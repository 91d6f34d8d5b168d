using BenchmarkDotNet.Attributes;
using Gradus.Kernels;

namespace Gradus.Benchmarks;

/// <summary>Reductions of an n × n matrix in float32: of all of it, down its columns, along its rows.</summary>
public unsafe class ReductionBenchmarks
{
    private Operand<float> _x = null!;
    private Operand<float> _z = null!;

    [Params(32, 1000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => (_x, _z) = (new(N * N), new(N));

    [Benchmark(Baseline = true)]
    public void SumOfAll() => Reduce.Sum([N, N], _x.Pointer, [N, 1], [true, true], _z.Pointer);

    [Benchmark]
    public void SumOfColumns() => Reduce.Sum([N, N], _x.Pointer, [N, 1], [true, false], _z.Pointer);

    [Benchmark]
    public void SumOfRows() => Reduce.Sum([N, N], _x.Pointer, [N, 1], [false, true], _z.Pointer);

    [Benchmark]
    public void MaxOfRows() => Reduce.Max([N, N], _x.Pointer, [N, 1], [false, true], _z.Pointer);
}
