using Loops = Gradus.Kernels.Elementwise;

namespace Gradus.Kernels.Tests.Elementwise;

/// <summary>Contiguous traversals at every length: each element as it is alone, nothing written beside the output.</summary>
public sealed unsafe class LengthTests
{
    private const int Margin = 80;

    private static readonly int[] Lengths = [.. Enumerable.Range(0, 201), 8191, 8192, 16384, 16385, 32769, 65535, 65536, 65537, 131_073];

    [Fact]
    public void Every_length_gives_each_element_its_own_bits_and_touches_nothing_else()
    {
        foreach (var n in Lengths)
        {
            // Given n elements between margins that hold a mark.
            var x = Numbers(n, 0.37f);
            var y = Numbers(n, 1.91f);
            var z = new float[n + (2 * Margin)];
            var b = new byte[n + (2 * Margin)];
            Array.Fill(z, 12345f);
            Array.Fill(b, (byte)77);

            // When an operator of each kind runs.
            fixed (float* px = x, py = y, pz = z)
            {
                fixed (byte* pb = b)
                {
                    Loops.Unary(default(ExpOperator), n, px, pz + Margin);
                    for (var i = 0; i < n; i++) Check(z[Margin + i] == (default(ExpOperator).Invoke<float, Scalar<float>, float>(x[i])), n, i);
                    AssertMargins(z, 12345f);

                    Loops.Binary(default(SubtractOperator), n, px, py, pz + Margin);
                    for (var i = 0; i < n; i++) Check(z[Margin + i] == (x[i] - y[i]), n, i);
                    AssertMargins(z, 12345f);

                    Loops.Compare(default(LessOperator), n, px, py, pb + Margin);
                    for (var i = 0; i < n; i++) Check(b[Margin + i] == (x[i] < y[i] ? 1 : 0), n, i);
                    AssertMargins(b, (byte)77);

                    Loops.Select(n, pb + Margin, px, py, pz + Margin);
                    for (var i = 0; i < n; i++) Check(z[Margin + i] == (x[i] < y[i] ? x[i] : y[i]), n, i);
                    AssertMargins(z, 12345f);

                    Loops.Ternary(default(MultiplyAddOperator), n, px, py, px, pz + Margin);
                    for (var i = 0; i < n; i++) Check(z[Margin + i] == (MathF.FusedMultiplyAdd(x[i], y[i], x[i])), n, i);
                    AssertMargins(z, 12345f);

                    Loops.Unary(default(LogicalNotOperator), n, pb + Margin, pb + Margin);
                    for (var i = 0; i < n; i++) Check(b[Margin + i] == (x[i] < y[i] ? 0 : 1), n, i);
                    AssertMargins(b, (byte)77);

                    Loops.Fill(5f, n, pz + Margin);
                    Assert.True(z.AsSpan(Margin, n).IndexOfAnyExcept(5f) < 0);
                    AssertMargins(z, 12345f);
                }
            }
        }
    }

    [Fact]
    public void An_operator_may_write_over_its_own_operand()
    {
        foreach (var n in Lengths)
        {
            var x = Numbers(n, 0.37f);
            var y = Numbers(n, 1.91f);
            var (left, right, alone) = (x.ToArray(), y.ToArray(), x.ToArray());
            fixed (float* px = x, py = y, pl = left, pr = right, pa = alone)
            {
                Loops.Binary(default(SubtractOperator), n, pl, py, pl);
                Loops.Binary(default(SubtractOperator), n, px, pr, pr);
                Loops.Unary(default(SquareOperator), n, pa, pa);
            }

            for (var i = 0; i < n; i++) Check(left[i] == x[i] - y[i] && right[i] == x[i] - y[i] && alone[i] == x[i] * x[i], n, i);
        }
    }

    private static void Check(bool right, int n, int i)
    {
        if (!right) Assert.Fail($"Length {n}: element {i} is wrong.");
    }

    private static void AssertMargins<T>(T[] z, T mark) where T : unmanaged, IEquatable<T>
    {
        Assert.True(z.AsSpan(0, Margin).IndexOfAnyExcept(mark) < 0);
        Assert.True(z.AsSpan(z.Length - Margin).IndexOfAnyExcept(mark) < 0);
    }

    private static float[] Numbers(int n, float step) => [.. Enumerable.Range(0, n).Select(i => MathF.Sin(i * step) * 5)];
}
