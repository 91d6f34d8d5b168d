using Folds = Gradus.Kernels.Reduce;

namespace Gradus.Kernels.Tests.Reduce;

/// <summary>Reductions: right, and the same bits for every layout, number of threads and neighborhood.</summary>
[Collection("threads")]
public sealed unsafe class ReduceTests
{
    private static readonly int[][] Shapes =
    [
        [], [1], [63], [64], [65], [4097], [3, 5], [70, 33], [2, 3, 4], [5, 1, 9], [9, 130, 7], [2, 3, 4, 5], [0, 3], [3, 0],
        [6000, 3], [3, 6000], [40, 200, 9],
    ];

    [Fact]
    public void The_layout_never_changes_a_bit_and_the_value_is_right()
    {
        var random = new System.Random(2);
        foreach (var shape in Shapes)
        {
            for (var round = 0; round < 8; round++)
            {
                // Given random values in a random layout and the same values in row-major order.
                var reduced = shape.Select(_ => random.Next(2) == 0).ToArray();
                var x = View<float>.Draw(random, shape, false, _ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4))));
                var plain = x.Contiguous();

                // When both are reduced.
                var sums = Results(shape, reduced, x, Folds.Sum);
                Assert.Equal(Results(shape, reduced, plain, Folds.Sum), sums);
                var maxima = Results(shape, reduced, x, Folds.Max);
                var minima = Results(shape, reduced, x, Folds.Min);

                // Then the sums are the exact ones but for rounding, and the extremes exactly those of a naive loop.
                var (sum, size, max, min) = Naive(shape, reduced, x);
                for (var i = 0; i < sums.Length; i++)
                {
                    Assert.True(Math.Abs(sums[i] - sum[i]) <= 2e-6 * size[i], $"[{string.Join(",", shape)}]: {sums[i]} and {sum[i]}");
                    Assert.Equal((float)max[i], maxima[i]);
                    Assert.Equal((float)min[i], minima[i]);
                }
            }
        }
    }

    [Theory]
    [InlineData(9001, 150)]
    [InlineData(9001, 3)]
    [InlineData(4160, 15)]
    [InlineData(1000, 300)]
    [InlineData(100, 16)]
    [InlineData(37, 5)]
    public void One_column_alone_has_the_bits_it_has_among_others(int rows, int columns)
    {
        // Given a matrix reduced over its first axis, and its columns one by one.
        var x = Enumerable.Range(0, rows * columns).Select(i => MathF.Sin(i * 0.7f) * 100).ToArray();
        var all = new float[columns];
        var transposed = new float[columns];
        fixed (float* px = x, pa = all, pt = transposed)
        {
            Folds.Sum([rows, columns], px, [columns, 1], [true, false], pa);
            var copy = new float[x.Length];
            fixed (float* pc = copy)
            {
                Kernels.Elementwise.Copy([columns, rows], px, [1, columns], pc, [rows, 1]);
                Folds.Sum([columns, rows], pc, [rows, 1], [false, true], pt);
            }

            // When each stands alone; then no bit differs.
            Assert.Equal(all, transposed);
            for (var column = 0; column < columns; column += 7)
            {
                float one;
                Folds.Sum([rows], px + column, [columns], [true], &one);
                Assert.Equal(all[column], one);
            }
        }
    }

    [Fact]
    public void The_number_of_threads_never_changes_a_bit()
    {
        var x = Enumerable.Range(0, 1_300_007).Select(i => MathF.Sin(i * 0.7f) * 100).ToArray();
        var before = Workers.Count;
        try
        {
            // Given one long reduction, a few long ones along either axis and many short ones; when 1, 2 and 3 threads run them.
            var results = new List<float[]>();
            foreach (var threads in new[] { 1, 2, 3 })
            {
                Workers.Count = threads;
                var z = new float[1 + 10 + 10 + 1300 + 1000];
                fixed (float* px = x, pz = z)
                {
                    Folds.Sum([1_300_007], px, [1], [true], pz);
                    Folds.Sum([130_000, 10], px, [10, 1], [true, false], pz + 1);
                    Folds.Sum([10, 130_000], px, [130_000, 1], [false, true], pz + 11);
                    Folds.Sum([1000, 1300], px, [1300, 1], [true, false], pz + 21);
                    Folds.Sum([1000, 1300], px, [1300, 1], [false, true], pz + 1321);
                }

                results.Add(z);
            }

            // Then no bit differs.
            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Fact]
    public void Integers_and_bools_sum_in_64_bits()
    {
        int[] x = [int.MaxValue, int.MaxValue, int.MaxValue, -5];
        var b = Enumerable.Range(0, 10_000).Select(i => (byte)(i % 3 == 0 ? 1 : 0)).ToArray();
        long sum, count, product, columns;
        byte any, all;
        fixed (int* px = x)
        {
            Folds.SumToLong([4], px, [1], [true], &sum);
            Folds.ProdToLong([2], px + 2, [1], [true], &product);
            Folds.SumToLong([2], px, [2], [true], &columns);
        }

        fixed (byte* pb = b)
        {
            Folds.SumToLong([10_000], pb, [1], [true], &count);
            Folds.Any([10_000], pb, [1], [true], &any);
            Folds.All([10_000], pb, [1], [true], &all);
        }

        Assert.Equal((3L * int.MaxValue) - 5, sum);
        Assert.Equal(2L * int.MaxValue, columns);
        Assert.Equal(-5L * int.MaxValue, product);
        Assert.Equal(3334, count);
        Assert.Equal(1, any);
        Assert.Equal(0, all);
    }

    [Fact]
    public void Nothing_sums_to_zero_and_multiplies_to_one()
    {
        float none = 0;
        float sum = 7, product = 7;
        byte any = 7, all = 7;
        Folds.Sum([0], &none, [1], [true], &sum);
        Folds.Prod([0], &none, [1], [true], &product);
        Folds.Any([0], (byte*)&none, [1], [true], &any);
        Folds.All([0], (byte*)&none, [1], [true], &all);
        Assert.Equal((0f, 1f, 0, 1), (sum, product, any, all));
    }

    [Fact]
    public void The_index_of_the_greatest_is_the_first_of_equals_and_of_the_first_NaN()
    {
        var random = new System.Random(3);
        foreach (var shape in new int[][] { [9], [1], [70, 5], [5, 70], [3, 4, 5], [9000, 2], [2, 9000], [200, 130] })
        {
            for (var round = 0; round < 6; round++)
            {
                // Given few distinct values, so that there are ties, and sometimes a NaN; in a random layout.
                var x = View<float>.Draw(random, shape, false, _ => random.Next(400) == 0 ? float.NaN : random.Next(-9, 9));
                var axis = random.Next(shape.Length);
                var reduced = shape.Select((_, k) => k == axis).ToArray();
                int[] kept = [.. shape.Where((_, k) => k != axis)];
                var count = kept.Aggregate(1, (a, b) => a * b);
                long[] most = new long[count], least = new long[count];
                var value = new float[count];
                fixed (float* p = &x.Data[x.Offset], pv = value)
                {
                    fixed (long* pm = most, pl = least)
                    {
                        Folds.ArgMax(shape, p, x.Strides, axis, pv, pm);
                        Folds.ArgMin(shape, p, x.Strides, axis, null, pl);
                    }
                }

                // When compared with a naive search; then index and value agree.
                var at = 0;
                foreach (var index in View<float>.Indices(kept))
                {
                    var row = Enumerable.Range(0, shape[axis]).Select(k => x[[.. index[..axis], k, .. index[axis..]]]).ToList();
                    var nan = row.FindIndex(float.IsNaN);
                    Assert.Equal(nan >= 0 ? nan : row.IndexOf(row.Max()), most[at]);
                    Assert.Equal(nan >= 0 ? nan : row.IndexOf(row.Min()), least[at]);
                    Assert.Equal(row[(int)most[at]], value[at]);
                    at++;
                }
            }
        }
    }

    private delegate void Kernel(ReadOnlySpan<int> shape, float* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, float* z);

    private static float[] Results(int[] shape, bool[] reduced, View<float> x, Kernel kernel)
    {
        var count = shape.Where((_, k) => !reduced[k]).Aggregate(1, (a, b) => a * b);
        var z = new float[count + 1];
        z[count] = 99;
        var data = x.Data.Length == 0 ? [0f] : x.Data;
        fixed (float* p = &data[Math.Min(x.Offset, data.Length - 1)], pz = z) kernel(shape, p, x.Strides, reduced, pz);
        Assert.Equal(99, z[count]);
        return z[..count];
    }

    private static (double[] Sum, double[] Size, double[] Max, double[] Min) Naive(int[] shape, bool[] reduced, View<float> x)
    {
        var count = shape.Where((_, k) => !reduced[k]).Aggregate(1, (a, b) => a * b);
        double[] sum = new double[count], size = new double[count], max = new double[count], min = new double[count];
        Array.Fill(max, double.NegativeInfinity);
        Array.Fill(min, double.PositiveInfinity);
        foreach (var index in View<float>.Indices(shape))
        {
            var at = 0;
            for (var k = 0; k < shape.Length; k++) at = reduced[k] ? at : (at * shape[k]) + index[k];
            double value = x[index];
            sum[at] += value;
            size[at] += Math.Abs(value);
            max[at] = Math.Max(max[at], value);
            min[at] = Math.Min(min[at], value);
        }

        return (sum, size, max, min);
    }
}

/// <summary>Tests that set the number of threads run alone.</summary>
[CollectionDefinition("threads", DisableParallelization = true)]
public sealed class ThreadsCollection;
