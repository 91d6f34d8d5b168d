namespace Gradus.Kernels.Tests.Reduce;

/// <summary>Running sums, bit for bit those of a plain loop in the wider type.</summary>
public unsafe class ScanTests
{
    public static TheoryData<int, int, int> Shapes =>
        new() { { 1, 1, 1 }, { 1, 103, 1 }, { 23, 7, 1 }, { 40, 1030, 1 }, { 3, 50, 8 }, { 2, 9, 77 }, { 1, 2000, 130 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_running_sum_is_one_chain_in_a_wider_type(int outer, int length, int inner)
    {
        foreach (var isReversed in new[] { false, true })
        {
            // Given numbers whose sums round.
            var random = new System.Random(5);
            var x = Enumerable.Range(0, outer * length * inner).Select(_ => (float)((random.NextDouble() - 0.4) * Math.Pow(10, random.Next(-9, 9)))).ToArray();
            var doubles = Array.ConvertAll(x, static number => (double)number);
            var integers = Array.ConvertAll(x, static number => (int)number);
            var (z, wide, counts) = (new float[x.Length], new double[x.Length], new long[x.Length]);

            // When they are summed.
            fixed (float* px = x, pz = z) Scan.Sum<float, double, float>(outer, length, inner, isReversed, px, pz);
            fixed (double* px = doubles, pz = wide) Scan.Sum<double, double, double>(outer, length, inner, isReversed, px, pz);
            fixed (int* px = integers)
            {
                fixed (long* pz = counts) Scan.Sum<int, long, long>(outer, length, inner, isReversed, px, pz);
            }

            // Then each line is a chain from its first element on.
            for (var line = 0; line < outer * inner; line++)
            {
                var (sum, count) = (0.0, 0L);
                for (var i = 0; i < length; i++)
                {
                    var at = (((line / inner * length) + (isReversed ? length - 1 - i : i)) * inner) + (line % inner);
                    sum += x[at];
                    count += integers[at];
                    Assert.Equal((float)sum, z[at]);
                    Assert.Equal(sum, wide[at]);
                    Assert.Equal(count, counts[at]);
                }
            }
        }
    }
}
