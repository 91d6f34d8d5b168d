namespace Gradus.Kernels.Tests.MatMul;

public class GemmTests
{
    private static readonly Lay[] Lays = Enum.GetValues<Lay>();

    [Fact]
    public void Every_size_from_one_to_seventy_gives_the_reference_bits()
    {
        // given: sizes that meet every tile height and width, every edge and every small k
        var random = new System.Random(5);
        var sizes = new List<(int M, int N, int K)>();
        for (var size = 1; size <= 70; size++)
        {
            sizes.Add((size, random.Next(1, 71), random.Next(1, 71)));
            sizes.Add((random.Next(1, 71), size, random.Next(1, 71)));
            sizes.Add((random.Next(1, 71), random.Next(1, 71), size));
            sizes.Add((size, size, size));
        }

        // when, then: each product is the reference's
        foreach (var (m, n, k) in sizes)
        {
            ProductCheck.Equal<float>(m, n, k);
            ProductCheck.Equal<double>(m, n, k);
        }
    }

    [Fact]
    public void Large_and_skinny_products_give_the_reference_bits()
    {
        // given: sizes past every block, panel and segment; some share k among threads, (5, 3, 25000) in two rounds
        (int M, int N, int K)[] sizes =
        [
            (129, 257, 300), (37, 1030, 5), (400, 70, 321), (200, 530, 640), (5, 3, 5000), (64, 20, 3001), (33, 65, 1281), (1, 1500, 700), (1500, 1, 700),
            (3, 2000, 33), (700, 4, 330), (2, 2, 20000), (13, 33, 2600), (5, 3, 25000),
            (30, 100, 1100), (1100, 100, 20),
        ];

        // when, then
        foreach (var (m, n, k) in sizes)
        {
            ProductCheck.Equal<float>(m, n, k);
            ProductCheck.Equal<float>(m, n, k, Lay.Rows, Lay.Columns, accumulate: true);
            ProductCheck.Equal<float>(m, n, k, Lay.Columns, Lay.Rows, bias: true);
            ProductCheck.Equal<double>(m, n, k, Lay.Columns, Lay.Columns, gap: 3);
        }
    }

    [Fact]
    public void Products_that_share_one_packed_B_give_the_reference_bits()
    {
        // given: B in one piece, and in two pieces with an edge; rows and columns that fill no tile
        (int M, int N, int K)[] sizes = [(601, 675, 701), (250, 1100, 2100)];

        // when, then
        foreach (var (m, n, k) in sizes)
        {
            ProductCheck.Equal<float>(m, n, k, bias: true);
            ProductCheck.Equal<float>(m, n, k, Lay.Columns, Lay.Columns, accumulate: true);
        }
    }

    [Fact]
    public void Few_rows_times_a_transposed_matrix_give_the_reference_bits()
    {
        // given: whole groups of columns and rests, whole cache lines of k and rests, one segment and several, one row too many
        (int M, int N, int K)[] sizes = [(1, 512, 784), (1, 16, 16), (1, 33, 31), (3, 100, 330), (4, 47, 65), (5, 47, 65), (4, 10, 256), (500, 1, 90)];

        // when, then
        foreach (var (m, n, k) in sizes)
        {
            ProductCheck.Equal<float>(m, n, k, Lay.Rows, Lay.Columns, bias: true);
            ProductCheck.Equal<float>(m, n, k, Lay.Columns, Lay.Columns, accumulate: true, gap: 3);
            ProductCheck.Equal<float>(m, n, k, Lay.Rows, Lay.Rows, bias: true, accumulate: true);
            ProductCheck.Equal<double>(m, n, k, Lay.Rows, Lay.Columns);
        }
    }

    [Fact]
    public void Every_pair_of_layouts_gives_the_reference_bits()
    {
        // given: sizes that pack, sizes that read in place, vectors on either side, and one with several segments
        (int M, int N, int K)[] sizes =
        [
            (5, 7, 9), (16, 32, 16), (14, 96, 20), (61, 83, 35), (1, 67, 40), (67, 1, 40), (4, 130, 64), (130, 3, 64), (30, 40, 700),
        ];

        // when, then
        foreach (var a in Lays)
        {
            foreach (var b in Lays)
            {
                foreach (var (m, n, k) in sizes)
                {
                    ProductCheck.Equal<float>(m, n, k, a, b);
                    ProductCheck.Equal<double>(m, n, k, a, b, accumulate: true);
                }
            }
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Bias_and_accumulation_come_last_and_in_that_order(bool bias, bool accumulate)
    {
        // given: whole tiles, edges, swapped products, several segments, and rows with gaps between them
        (int M, int N, int K)[] sizes = [(12, 32, 8), (13, 35, 8), (40, 2, 30), (9, 33, 700), (300, 2, 900), (64, 48, 2000), (150, 150, 400), (6, 6, 0)];

        // when, then
        foreach (var (m, n, k) in sizes)
        {
            ProductCheck.Equal<float>(m, n, k, bias: bias, accumulate: accumulate, gap: 2);
            ProductCheck.Equal<double>(m, n, k, Lay.Columns, Lay.Columns, bias, accumulate);
        }
    }

    [Fact]
    public void Nothing_is_touched_before_the_operands()
    {
        // given: operands that begin right after a page that no one may touch (elsewhere they end before one)
        (int M, int N, int K)[] sizes = [(1, 1, 1), (7, 5, 3), (13, 33, 17), (1, 50, 33), (50, 1, 33), (70, 70, 70)];

        // when, then
        foreach (var (m, n, k) in sizes)
        {
            foreach (var lay in Lays) ProductCheck.Equal<float>(m, n, k, lay, lay, bias: true, guardBefore: true);
        }
    }

    [Fact]
    public void Integers_give_exact_wrapped_products()
    {
        // given: values whose products overflow 32 bits
        // when, then
        ProductCheck.Equal<int>(13, 35, 70, Lay.Columns, Lay.Stepped, bias: true);
        ProductCheck.Equal<long>(13, 35, 700, accumulate: true);
    }

    [Fact]
    public unsafe void Integers_above_the_exact_range_of_float64_are_exact()
    {
        // given
        long a = (1L << 53) + 1, b = 3, c = 0;

        // when
        Gemm.Run(1, 1, 1, &a, 1, 1, &b, 1, 1, &c, 1);

        // then
        Assert.Equal(((1L << 53) + 1) * 3, c);
    }

    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(3, 0, 4)]
    [InlineData(3, 4, 0)]
    [InlineData(0, 0, 0)]
    public void Empty_sizes_give_zeros_or_the_bias_or_leave_C(int m, int n, int k)
    {
        // given, when, then
        foreach (var bias in new[] { false, true })
        {
            foreach (var accumulate in new[] { false, true })
            {
                ProductCheck.Equal<float>(m, n, k, bias: bias, accumulate: accumulate);
                ProductCheck.Equal<int>(m, n, k, bias: bias, accumulate: accumulate);
            }
        }
    }

    [Fact]
    public void Accumulating_nothing_keeps_a_negative_zero()
    {
        // given
        float[] c = [-0f];

        // when
        unsafe
        {
            fixed (float* target = c) Gemm.Run(1, 1, 0, target, 1, 1, target, 1, 1, target, 1, null, accumulate: true);
        }

        // then
        Assert.True(float.IsNegative(c[0]));
    }

    [Theory]
    [InlineData(20, 40, 50)]
    [InlineData(1, 40, 50)]
    [InlineData(40, 1, 50)]
    [InlineData(3, 3, 700)]
    public unsafe void Infinities_times_zero_are_NaN_and_spread_no_further(int m, int n, int k)
    {
        // given: a matrix of zeros with one infinity, times ones with one column of zeros
        var a = new float[m * k];
        var b = new float[k * n];
        var c = new float[m * n];
        Array.Fill(b, 1f);
        a[((m - 1) * k) + 7] = float.PositiveInfinity;
        for (var p = 0; p < k; p++) b[(p * n) + n - 1] = 0;

        // when
        fixed (float* left = a, right = b, target = c) Gemm.Run(m, n, k, left, k, 1, right, n, 1, target, n);

        // then: the infinity's row is infinite, NaN where it met the zero; every other row is zero
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var expected = i < m - 1 ? 0f : j < n - 1 ? float.PositiveInfinity : float.NaN;
                Assert.Equal(expected, c[(i * n) + j]);
            }
        }
    }

    [Fact]
    public unsafe void A_row_alone_gives_the_bits_that_it_gives_among_others()
    {
        // given
        const int M = 70, N = 90, K = 500;
        float[] a = new float[M * K], b = new float[K * N], together = new float[M * N], alone = new float[M * N];
        Values.Fill<float>(a, 1);
        Values.Fill<float>(b, 2);

        // when
        fixed (float* left = a, right = b, all = together, one = alone)
        {
            Gemm.Run(M, N, K, left, K, 1, right, N, 1, all, N);
            for (var i = 0; i < M; i++) Gemm.Run(1, N, K, left + (i * K), K, 1, right, N, 1, one + (i * N), N);
        }

        // then
        ProductCheck.SameBits<float>(together, alone, "row by row");
    }
}
