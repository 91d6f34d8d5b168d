using BenchmarkDotNet.Attributes;
using Gradus.Kernels;

namespace Gradus.Benchmarks;

/// <summary>Element by element in float32: one vector, in the first-level cache, in memory.</summary>
public unsafe class ElementwiseBenchmarks
{
    private Operand<float> _x = null!;
    private Operand<float> _y = null!;
    private Operand<float> _z = null!;

    [Params(16, 1000, 1_000_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => (_x, _y, _z) = (new(N), new(N), new(N));

    [Benchmark(Baseline = true)]
    public void Add() => Elementwise.Binary(default(AddOperator), N, _x.Pointer, _y.Pointer, _z.Pointer);

    [Benchmark]
    public void Relu() => Elementwise.Unary(default(ReluOperator), N, _x.Pointer, _z.Pointer);

    [Benchmark]
    public void Exp() => Elementwise.Unary(default(ExpOperator), N, _x.Pointer, _z.Pointer);

    [Benchmark]
    public void Tanh() => Elementwise.Unary(default(TanhOperator), N, _x.Pointer, _z.Pointer);

    /// <summary>From row-major to column-major order, as a matrix that is about square.</summary>
    [Benchmark]
    public void Transpose()
    {
        var side = (int)Math.Sqrt(N);
        Elementwise.Copy([side, side], _x.Pointer, [1, side], _z.Pointer, [side, 1]);
    }
}
