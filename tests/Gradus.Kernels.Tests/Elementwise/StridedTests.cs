using Loops = Gradus.Kernels.Elementwise;

namespace Gradus.Kernels.Tests.Elementwise;

/// <summary>Strided, transposed, reversed and broadcast operands against a naive loop.</summary>
public sealed unsafe class StridedTests
{
    private static readonly int[][] Shapes =
    [
        [], [1], [5], [300], [3, 4], [1, 7], [33, 65], [2, 3, 4], [7, 1, 9], [4, 40, 5], [2, 3, 2, 5], [1, 1, 6, 1], [0, 3], [2, 1, 2, 1, 3], [130, 70],
    ];

    [Fact]
    public void Every_layout_gives_what_a_naive_loop_gives()
    {
        var random = new System.Random(1);
        for (var round = 0; round < 15; round++)
        {
            foreach (var shape in Shapes)
            {
                // Given operands of random layouts.
                var x = View<float>.Draw(random, shape, true, _ => random.Next(-50, 50));
                var y = View<float>.Draw(random, shape, true, _ => random.Next(-50, 50));
                var c = View<byte>.Draw(random, shape, true, _ => (byte)random.Next(2));

                // When they are added, compared, chosen from, converted and copied; then every element is right and no other was written.
                Check<float>(random, shape, i => x[i] + y[i], (z, zs) =>
                {
                    fixed (float* px = &x.Data[x.Offset], py = &y.Data[y.Offset])
                    {
                        Loops.Binary(default(AddOperator), shape, px, x.Strides, py, y.Strides, z, zs);
                    }
                });
                Check<float>(random, shape, i => -x[i], (z, zs) =>
                {
                    fixed (float* px = &x.Data[x.Offset]) Loops.Unary(default(NegateOperator), shape, px, x.Strides, z, zs);
                });
                Check<byte>(random, shape, i => (byte)(x[i] <= y[i] ? 1 : 0), (z, zs) =>
                {
                    fixed (float* px = &x.Data[x.Offset], py = &y.Data[y.Offset])
                    {
                        Loops.Compare(default(LessOrEqualOperator), shape, px, x.Strides, py, y.Strides, z, zs);
                    }
                });
                Check<float>(random, shape, i => c[i] != 0 ? x[i] : y[i], (z, zs) =>
                {
                    fixed (float* px = &x.Data[x.Offset], py = &y.Data[y.Offset])
                    fixed (byte* pc = &c.Data[c.Offset]) Loops.Select(shape, pc, c.Strides, px, x.Strides, py, y.Strides, z, zs);
                });
                Check<float>(random, shape, i => (x[i] * y[i]) + x[i], (z, zs) =>
                {
                    fixed (float* px = &x.Data[x.Offset], py = &y.Data[y.Offset])
                    {
                        Loops.Ternary(default(MultiplyAddOperator), shape, px, x.Strides, py, y.Strides, px, x.Strides, z, zs);
                    }
                });
                Check<float>(random, shape, i => x[i], (z, zs) => { fixed (float* px = &x.Data[x.Offset]) Loops.Copy(shape, px, x.Strides, z, zs); });
                Check<byte>(random, shape, i => c[i], (z, zs) => { fixed (byte* pc = &c.Data[c.Offset]) Loops.Copy(shape, pc, c.Strides, z, zs); });
                Check<long>(random, shape, i => (long)x[i], (z, zs) => { fixed (float* px = &x.Data[x.Offset]) Loops.Convert(shape, px, x.Strides, z, zs); });
                Check<float>(random, shape, _ => 2.5f, (z, zs) => Loops.Fill(2.5f, shape, z, zs));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_or_a_column_goes_with_rows_of_every_length_and_nothing_beyond_is_touched(bool guardBefore)
    {
        for (var width = 1; width <= 140; width++)
        {
            // Given three rows, one row for all of them, and one number for each, each before or behind a page that no one may touch.
            using var operands = new GuardedOperands<float>(guardBefore);
            using var doubles = new GuardedOperands<double>(guardBefore);
            float* full = operands.Operand(3 * width), row = operands.Operand(width), column = operands.Operand(3), z = operands.Result(3 * width);
            double* wide = doubles.Operand(3 * width), wideRow = doubles.Operand(width), wideColumn = doubles.Operand(3), wideZ = doubles.Result(3 * width);
            int[] shape = [3, width];
            nint[] whole = [width, 1], alongRows = [0, 1], alongColumns = [1, 0];

            // When a short operator and a long one take them; then each element is what it is alone.
            Loops.Binary(default(SubtractOperator), shape, full, whole, row, alongRows, z, whole);
            for (var i = 0; i < 3 * width; i++) Assert.Equal(full[i] - row[i % width], z[i]);
            Loops.Binary(default(SubtractOperator), shape, column, alongColumns, full, whole, z, whole);
            for (var i = 0; i < 3 * width; i++) Assert.Equal(column[i / width] - full[i], z[i]);
            Loops.Binary(default(DivideOperator), shape, row, alongRows, column, alongColumns, z, whole);
            for (var i = 0; i < 3 * width; i++) Assert.Equal(row[i % width] / column[i / width], z[i]);
            Loops.Binary(default(DivideOperator), shape, wide, whole, wideRow, alongRows, wideZ, whole);
            for (var i = 0; i < 3 * width; i++) Assert.Equal(wide[i] / wideRow[i % width], wideZ[i]);
            Loops.Binary(default(SubtractOperator), shape, wide, whole, wideColumn, alongColumns, wideZ, whole);
            for (var i = 0; i < 3 * width; i++) Assert.Equal(wide[i] - wideColumn[i / width], wideZ[i]);
        }
    }

    [Fact]
    public void A_large_transposed_copy_is_right_in_every_tile()
    {
        foreach (var (rows, columns) in new[] { (1000, 700), (64, 3000), (4, 20000), (4099, 5) })
        {
            // Given a matrix; when its transpose is made contiguous in parallel tiles.
            var x = Enumerable.Range(0, rows * columns).Select(i => (double)i).ToArray();
            var z = new double[x.Length];
            fixed (double* px = x, pz = z) Loops.Copy([columns, rows], px, [1, columns], pz, [rows, 1]);
            var (single, across) = (x.Select(v => (float)v).ToArray(), new float[x.Length]);
            fixed (float* px = single, pz = across) Loops.Copy([columns, rows], px, [1, columns], pz, [rows, 1]);

            // Then row and column are exchanged.
            for (var i = 0; i < z.Length; i++) Assert.True(z[i] == ((long)(i % rows) * columns) + (i / rows) && across[i] == (float)z[i]);
        }
    }

    [Fact]
    public void A_large_transposed_operand_is_the_same_as_its_copy()
    {
        // Given a matrix and the transpose of another, either as first or as second operand, and an output in either order.
        const int Rows = 130;
        const int Columns = 77;
        var x = Enumerable.Range(0, Rows * Columns).Select(i => MathF.Sin(i)).ToArray();
        var y = Enumerable.Range(0, Rows * Columns).Select(i => MathF.Cos(i)).ToArray();
        foreach (var order in new nint[][] { [Columns, 1], [1, Rows] })
        {
            var (a, b, c) = (new float[x.Length], new float[x.Length], new float[x.Length]);
            fixed (float* px = x, py = y, pa = a, pb = b, pc = c)
            {
                // When they are subtracted and squared; then each element is that of a naive loop.
                Loops.Binary(default(SubtractOperator), [Rows, Columns], px, [Columns, 1], py, [1, Rows], pa, order);
                Loops.Binary(default(SubtractOperator), [Rows, Columns], py, [1, Rows], px, [Columns, 1], pb, order);
                Loops.Unary(default(SquareOperator), [Rows, Columns], py, [1, Rows], pc, order);
            }

            for (var row = 0; row < Rows; row++)
            {
                for (var column = 0; column < Columns; column++)
                {
                    var at = (row * order[0]) + (column * order[1]);
                    var (p, q) = (x[(row * Columns) + column], y[row + (column * Rows)]);
                    Assert.True(a[at] == p - q && b[at] == q - p && c[at] == q * q, $"[{row}, {column}]");
                }
            }
        }
    }

    [Fact]
    public void Conversions_truncate_saturate_and_test_for_zero()
    {
        // Given the numbers that do not fit.
        float[] x = [1.9f, -1.9f, float.NaN, 1e20f, -1e20f, float.PositiveInfinity, 0f, -0f, 16777216f];

        // When they become int, long and bool; then as documented.
        Assert.Equal([1, -1, 0, int.MaxValue, int.MinValue, int.MaxValue, 0, 0, 16777216], To<float, int>(x));
        Assert.Equal([1, -1, 0, long.MaxValue, long.MinValue, long.MaxValue, 0, 0, 16777216], To<float, long>(x));
        Assert.Equal<byte>([1, 1, 1, 1, 1, 1, 0, 0, 1], To<float, byte>(x));
        Assert.Equal([5, -1], To<long, int>([(7L << 32) + 5, -1]));
        Assert.Equal([16777216f, -3f], To<long, float>([16777217, -3]));
        Assert.Equal([1f, 0f, 1f], To<byte, float>([1, 0, 1]));
        Assert.Equal([1L, 0L], To<byte, long>([1, 0]));
        Assert.Equal([1e300, -2], To<double, double>([1e300, -2]));
        Assert.Equal([float.PositiveInfinity, 0.1f], To<double, float>([1e300, 0.1]));
        Assert.Equal<byte>([1, 0], To<int, byte>([-8, 0]));
    }

    private static TTo[] To<TFrom, TTo>(TFrom[] x) where TFrom : unmanaged where TTo : unmanaged
    {
        var z = new TTo[x.Length];
        fixed (TFrom* px = x)
        {
            fixed (TTo* pz = z) Loops.Convert(x.Length, px, pz);
        }

        return z;
    }

    private delegate void Kernel<T>(T* z, nint[] strides) where T : unmanaged;

    private static void Check<T>(System.Random random, int[] shape, Func<int[], T> expected, Kernel<T> kernel) where T : unmanaged, IEquatable<T>
    {
        var z = View<T>.Draw(random, shape, false, _ => default);
        var right = new View<T>(shape, z.Strides, z.Offset, [.. z.Data]);
        foreach (var index in View<T>.Indices(shape)) right[index] = expected(index);
        fixed (T* p = &z.Data[z.Offset]) kernel(p, z.Strides);
        Assert.True(right.Data.AsSpan().SequenceEqual(z.Data), $"[{string.Join(",", shape)}] strides [{string.Join(",", z.Strides)}]");
    }
}
