using BenchmarkDotNet.Attributes;
using Gradus.Kernels;

namespace Gradus.Benchmarks;

/// <summary>Functions of whole rows in float32, over 64 rows.</summary>
public unsafe class RowBenchmarks
{
    private const int Count = 64;
    private Operand<float> _x = null!;
    private Operand<float> _g = null!;
    private Operand<float> _z = null!;
    private Operand<float> _columns = null!;
    private Operand<float> _rows = null!;

    [Params(10, 128, 1024)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup() => (_x, _g, _z, _columns, _rows) = (new(Count * Columns), new(Count * Columns), new(Count * Columns), new(2 * Columns), new(2 * Count));

    [Benchmark(Baseline = true)]
    public void Softmax() => Rows.Softmax(Count, Columns, _x.Pointer, _z.Pointer);

    [Benchmark]
    public void SoftmaxBackward() => Rows.SoftmaxBackward(Count, Columns, _g.Pointer, _x.Pointer, _z.Pointer);

    [Benchmark]
    public void LayerNorm() =>
        RowNorms.Forward(Count, Columns, isCentered: true, 1e-5, _x.Pointer, _columns.Pointer, _columns.Pointer + Columns, _z.Pointer,
            _rows.Pointer, _rows.Pointer + Count);
}
