using Kernel = Gradus.Kernels.Rows;

namespace Gradus.Kernels.Tests.Rows;

/// <summary>Row kernels against float64, and a row alone against the row in its batch.</summary>
[Collection("threads")]
public sealed unsafe class RowsTests
{
    private static readonly (int Rows, int Columns)[] Sizes = [(1, 1), (3, 10), (17, 64), (5, 1000), (3, 5000), (700, 100), (2, 40_000)];

    [Fact]
    public void Softmax_and_its_logarithm_are_right_forwards_and_backwards()
    {
        foreach (var (rows, columns) in Sizes)
        {
            // Given logits up to 1,000, a gradient and the float64 results.
            var x = Numbers(rows * columns, 0.37, columns > 100 ? 20 : 1000);
            var g = Numbers(rows * columns, 1.3, 2);
            var (soft, log) = (new float[x.Length], new float[x.Length]);
            var (softDx, logDx) = (new float[x.Length], new float[x.Length]);

            // When the kernels run.
            fixed (float* px = x, pg = g, ps = soft, pl = log, psd = softDx, pld = logDx)
            {
                Kernel.Softmax(rows, columns, px, ps);
                Kernel.LogSoftmax(rows, columns, px, pl);
                Kernel.SoftmaxBackward(rows, columns, pg, ps, psd);
                Kernel.LogSoftmaxBackward(rows, columns, pg, pl, pld);
            }

            // Then every element agrees.
            for (var row = 0; row < rows; row++)
            {
                var at = row * columns;
                var max = Enumerable.Range(at, columns).Max(i => (double)x[i]);
                var sum = Enumerable.Range(at, columns).Sum(i => Math.Exp(x[i] - max));
                var p = Enumerable.Range(at, columns).Select(i => Math.Exp(x[i] - max) / sum).ToArray();
                var dot = Enumerable.Range(0, columns).Sum(i => g[at + i] * p[i]);
                var total = Enumerable.Range(at, columns).Sum(i => (double)g[i]);
                for (var i = 0; i < columns; i++)
                {
                    Near(p[i], soft[at + i], 4e-6 * p[i] + 1e-30);
                    Near(x[at + i] - max - Math.Log(sum), log[at + i], 1e-6 * (1 + Math.Abs(log[at + i])));
                    Near(p[i] * (g[at + i] - dot), softDx[at + i], 1e-5 * p[i] + 1e-30);
                    Near(g[at + i] - (p[i] * total), logDx[at + i], 2e-5 * (1 + Math.Abs(total * p[i])));
                }
            }
        }
    }

    [Fact]
    public void Cross_entropy_is_right_forwards_and_backwards_and_names_a_wrong_label()
    {
        foreach (var (rows, columns) in Sizes)
        {
            var x = Numbers(rows * columns, 0.37, 20);
            var g = Numbers(rows, 1.3, 2);
            var labels = Enumerable.Range(0, rows).Select(r => (long)(r * 7 % columns)).ToArray();
            var small = labels.Select(l => (int)l).ToArray();
            float[] loss = new float[rows], same = new float[rows], dx = new float[x.Length];
            fixed (float* px = x, pg = g, pl = loss, ps = same, pd = dx)
            {
                fixed (long* pn = labels)
                {
                    Assert.Equal(-1, Kernel.CrossEntropy(rows, columns, px, pn, pl));
                    Assert.Equal(-1, Kernel.CrossEntropyBackward(rows, columns, px, pn, pg, pd));
                }

                fixed (int* pn = small)
                {
                    Assert.Equal(-1, Kernel.CrossEntropy(rows, columns, px, pn, ps));
                    pn[rows - 1] = columns;
                    Assert.Equal(rows - 1, Kernel.CrossEntropy(rows, columns, px, pn, ps));
                    pn[rows - 1] = -1;
                    Assert.Equal(rows - 1, Kernel.CrossEntropyBackward(rows, columns, px, pn, pg, pd));
                }
            }

            Assert.Equal(loss, same);
            for (var row = 0; row < rows; row++)
            {
                var at = row * columns;
                var max = Enumerable.Range(at, columns).Max(i => (double)x[i]);
                var sum = Enumerable.Range(at, columns).Sum(i => Math.Exp(x[i] - max));
                Near(Math.Log(sum) + max - x[at + labels[row]], loss[row], 4e-6 * (1 + loss[row]));
                for (var i = 0; i < columns; i++)
                {
                    Near(((Math.Exp(x[at + i] - max) / sum) - (i == labels[row] ? 1 : 0)) * g[row], dx[at + i], 1e-6);
                }
            }
        }
    }

    [Fact]
    public void A_row_alone_has_the_bits_it_has_in_a_batch_on_any_number_of_threads()
    {
        const int Count = 900;
        const int Columns = 77;
        var x = Numbers(Count * Columns, 0.37, 20);
        var before = Workers.Count;
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                Workers.Count = threads;
                var all = new float[x.Length];
                var one = new float[Columns];
                fixed (float* px = x, pa = all, po = one)
                {
                    Kernel.LogSoftmax(Count, Columns, px, pa);
                    for (var row = 0; row < Count; row += 101)
                    {
                        Kernel.LogSoftmax(1, Columns, px + (row * Columns), po);
                        Assert.Equal(all.AsSpan(row * Columns, Columns).ToArray(), one);
                    }
                }
            }
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Fact]
    public void Indices_without_a_sign_reach_as_far_as_their_type()
    {
        // given
        var (x, index, z) = (Numbers(250, 0.5, 1), new byte[64], new float[64]);
        Array.Fill(index, (byte)200);

        // when
        nint right, wrong;
        fixed (float* px = x, pz = z)
        fixed (byte* pi = index)
        {
            right = Index.GatherRows(64, 1, px, 250, pi, pz);
            wrong = Index.GatherRows(64, 1, px, 200, pi, pz);
        }

        // then
        Assert.Equal((-1, 0), (right, wrong));
        Assert.All(z, number => Assert.Equal(x[200], number));
    }

    [Fact]
    public void Rows_are_gathered_and_added_back_by_index()
    {
        foreach (var (count, columns) in new[] { (5, 3), (4000, 33), (10, 20_000) })
        {
            // Given a table of ten rows and indices that repeat.
            var table = Numbers(10 * columns, 0.7, 3);
            var index = Enumerable.Range(0, count).Select(i => i * 7 % 10).ToArray();
            var z = new float[count * columns];
            var back = new float[10 * columns];
            fixed (float* pt = table, pz = z, pb = back)
            {
                fixed (int* pi = index)
                {
                    // When rows are taken out and added back.
                    Assert.Equal(-1, Index.GatherRows(count, columns, pt, 10, pi, pz));
                    Assert.Equal(-1, Index.ScatterAddRows(count, columns, pz, pi, pb, 10));
                    pi[count - 1] = 10;
                    Assert.Equal(count - 1, Index.GatherRows(count, columns, pt, 10, pi, pz));
                    Assert.Equal(count - 1, Index.ScatterAddRows(count, columns, pz, pi, pb, 10));
                    pi[count - 1] = (count - 1) * 7 % 10;
                }
            }

            // Then each row came from its index and went back there, in order.
            var expected = new float[10 * columns];
            for (var i = 0; i < count * columns; i++)
            {
                var at = (index[i / columns] * columns) + (i % columns);
                Assert.Equal(table[at], z[i]);
                expected[at] += z[i];
            }

            Assert.Equal(expected, back);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Lines_of_any_axis_are_shared_out_and_stay_in_order(int axis)
    {
        // Given more lines than one thread takes, an index that repeats, and terms whose sum depends on their order.
        int[] shape = [90, 70, 50];
        const int Size = 40;
        int[] target = [.. shape];
        target[axis] = Size;
        var random = new System.Random(axis);
        var count = 90 * 70 * 50;
        var index = Enumerable.Range(0, count).Select(_ => random.NextInt64(Size)).ToArray();
        var terms = Enumerable.Range(0, count).Select(_ => (float)Math.Pow(10, random.Next(-6, 6))).ToArray();
        nint[] strides = [70 * 50, 50, 1], targetStrides = [target[1] * target[2], target[2], 1];
        var sums = new float[target[0] * target[1] * target[2]];
        var back = new float[count];

        // When they are added, and what came out is read at the same places; then with two wrong indices.
        long? wrong;
        fixed (float* pt = terms, ps = sums, pb = back)
        {
            fixed (long* pi = index)
            {
                Assert.Null(Index.ScatterAdd(shape, axis, Size, pt, strides, pi, strides, ps, targetStrides));
                Assert.Null(Index.Gather(shape, axis, Size, ps, targetStrides, pi, strides, pb, strides));
                var (first, second) = (pi[100_000], pi[200_000]);
                (pi[100_000], pi[200_000]) = (Size, -1);
                wrong = Index.Gather(shape, axis, Size, ps, targetStrides, pi, strides, pb, strides);
                (pi[100_000], pi[200_000]) = (first, second);
            }
        }

        // Then the sums are those in row-major order, and of the wrong indices the first is told.
        var expected = new float[sums.Length];
        var place = new int[count];
        for (var i = 0; i < count; i++)
        {
            int[] at = [i / (70 * 50), i / 50 % 70, i % 50];
            at[axis] = (int)index[i];
            place[i] = (at[0] * target[1] * target[2]) + (at[1] * target[2]) + at[2];
            expected[place[i]] += terms[i];
        }

        Assert.Equal(expected, sums);
        Assert.Equal(Size, wrong);
        Assert.Equal(
            place.Where(static (_, i) => i is not (100_000 or 200_000)).Select(i => expected[i]),
            back.Where(static (_, i) => i is not (100_000 or 200_000)));
    }

    [Fact]
    public void Elements_are_gathered_and_added_back_along_an_axis()
    {
        var random = new System.Random(4);
        for (var round = 0; round < 60; round++)
        {
            // Given a source and an index of any layout that differ along one axis.
            int[] shape = [random.Next(1, 5), random.Next(1, 5), random.Next(1, 5)];
            var axis = random.Next(3);
            const int Size = 6;
            var sourceShape = shape.ToArray();
            sourceShape[axis] = Size;
            var x = View<double>.Draw(random, sourceShape, false, _ => random.Next(100));
            var index = View<long>.Draw(random, shape, false, _ => random.Next(Size));
            var z = View<double>.Draw(random, shape, false, _ => 0);
            var back = View<double>.Draw(random, sourceShape, false, _ => 0);
            fixed (double* px = &x.Data[x.Offset], pz = &z.Data[z.Offset], pb = &back.Data[back.Offset])
            {
                fixed (long* pi = &index.Data[index.Offset])
                {
                    // When taken along the axis, and added back.
                    Assert.Null(Index.Gather(shape, axis, Size, px, x.Strides, pi, index.Strides, pz, z.Strides));
                    Assert.Null(Index.ScatterAdd(shape, axis, Size, pz, z.Strides, pi, index.Strides, pb, back.Strides));
                    var wrong = *pi;
                    *pi = -3;
                    Assert.Equal(-3, Index.Gather(shape, axis, Size, px, x.Strides, pi, index.Strides, pz, z.Strides));
                    *pi = wrong;
                }
            }

            // Then every element is that of a naive loop.
            var expected = new View<double>(sourceShape, back.Strides, back.Offset, new double[back.Data.Length]);
            foreach (var at in View<double>.Indices(shape))
            {
                var from = at.ToArray();
                from[axis] = (int)index[at];
                Assert.Equal(x[from], z[at]);
                expected[from] += x[from];
            }

            Assert.Equal(expected.Data, back.Data);
        }
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual:R} instead of {expected:R}, tolerance {tolerance:E1}");

    private static float[] Numbers(int n, double step, double size) => [.. Enumerable.Range(0, n).Select(i => (float)(Math.Sin(i * step) * size))];
}
