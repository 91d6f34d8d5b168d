using System.Numerics;

namespace Gradus.Kernels.Tests.Windows;

/// <summary>Windows that are the whole image, bit for bit the sums that tiles of windows would give.</summary>
public unsafe class SinglePointTests
{
    public static TheoryData<int, int, int, int> Shapes =>
        new() { { 1, 1, 1, 1 }, { 5, 3, 7, 3 }, { 16, 10, 33, 4 }, { 9, 2, 100, 4 }, { 40, 5, 6, 2 }, { 3, 20, 50, 1 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_have_the_bits_of_plain_sums(int images, int channels, int filters, int kernel)
    {
        Check<float>(new(images, channels, kernel, kernel, filters, kernel, kernel, 1, 1, 0, 0, 1, 1, 1));
        Check<double>(new(images, channels, kernel, kernel, filters, kernel, kernel, 1, 1, 0, 0, 1, 1, 1));
    }

    private static void Check<T>(ConvShape s) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Given
        var random = new System.Random(3);
        T[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((random.NextDouble() * 2) - 1))];
        var (x, w, g) = (Draw(s.Images * s.FilterSize), Draw(s.Filters * s.FilterSize), Draw(s.Images * s.Filters));
        var (dx, dw) = (new T[x.Length], new T[w.Length]);

        // When
        fixed (T* px = x, pw = w, pg = g, pdx = dx, pdw = dw)
        {
            Convolution.InputGradient(in s, pg, pw, pdx);
            Convolution.WeightGradient(in s, px, pg, pdw);
        }

        // Then a sum has a term for each filter and tap, all but one tap's being zeros of padding, and is cut as every product is.
        var segments = new ProductSegments(s.Filters * s.Taps);
        for (var at = 0; at < dx.Length; at++)
        {
            var (n, element) = Math.DivRem(at, s.FilterSize);
            var expected = T.Zero;
            for (var segment = 0; segment < segments.Count; segment++)
            {
                var sum = T.Zero;
                for (var term = segments.Start(segment); term < segments.Start(segment) + segments.Length(segment); term++)
                {
                    var (filter, tap) = Math.DivRem(term, s.Taps);
                    if (tap == element % s.Taps) sum = T.FusedMultiplyAdd(g[(n * s.Filters) + filter], w[(filter * s.FilterSize) + element], sum);
                }

                expected = segment == 0 ? sum : expected + sum;
            }

            Assert.Equal(expected, dx[at]);
        }

        // And a weight's sum is that of the shares of the batch.
        var share = new WeightGradientPlan(in s, 16, sizeof(T)).ShareImages;
        for (var at = 0; at < dw.Length; at++)
        {
            var (filter, element) = Math.DivRem(at, s.FilterSize);
            var expected = T.Zero;
            for (var first = 0; first < s.Images; first += share)
            {
                var sum = T.Zero;
                for (var n = first; n < Math.Min(s.Images, first + share); n++) sum += g[(n * s.Filters) + filter] * x[(n * s.FilterSize) + element];
                expected += sum;
            }

            Assert.Equal(expected, dw[at]);
        }
    }
}
