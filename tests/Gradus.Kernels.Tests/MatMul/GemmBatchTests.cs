using Gradus.Testing;

namespace Gradus.Kernels.Tests.MatMul;

public unsafe class GemmBatchTests
{
    [Theory]
    [InlineData(1, 3, 5, 7)]
    [InlineData(40, 3, 5, 7)]
    [InlineData(300, 8, 8, 8)]
    [InlineData(7, 30, 40, 50)]
    [InlineData(3, 130, 140, 150)]
    [InlineData(2, 20, 30, 1500)]
    [InlineData(6, 33, 1, 40)]
    [InlineData(4, 5, 6, 0)]
    public void A_batch_gives_the_bits_of_its_matrices_one_by_one(int batch, int m, int n, int k)
    {
        // given: B the same for every pair of matrices (a broadcast axis), C in reverse order
        using var a = new GuardedMemory<float>(batch * m * k);
        using var b = new GuardedMemory<float>((batch + 1) / 2 * k * n);
        using var bias = new GuardedMemory<float>(n);
        using var actual = new GuardedMemory<float>(batch * m * n);
        Values.Fill(a.Span, 1);
        Values.Fill(b.Span, 2);
        Values.Fill(bias.Span, 3);
        Values.Fill(actual.Span, 4);
        var expected = actual.Span.ToArray();
        nint[] aOffsets = new nint[batch], bOffsets = new nint[batch], cOffsets = new nint[batch];
        for (var i = 0; i < batch; i++) (aOffsets[i], bOffsets[i], cOffsets[i]) = (i * m * k, i / 2 * k * n, (batch - 1 - i) * m * n);

        // when: A is transposed
        Gemm.RunBatched(batch, aOffsets, bOffsets, cOffsets, m, n, k, a.Pointer, 1, m, b.Pointer, n, 1, actual.Pointer, n, bias.Pointer, accumulate: true);

        // then
        fixed (float* c = expected)
        {
            for (var i = 0; i < batch; i++)
            {
                GemmReference.Run(
                    m, n, k, a.Pointer + aOffsets[i], 1, m, b.Pointer + bOffsets[i], n, 1, c + cOffsets[i], n, bias.Pointer, accumulate: true);
            }
        }

        ProductCheck.SameBits(expected, actual.Span, $"{batch} × [{m},{k}]·[{k},{n}]");
    }

    [Fact]
    public void An_empty_batch_touches_nothing()
    {
        // given, when, then
        Gemm.RunBatched<float>(0, [], [], [], 3, 4, 5, null, 5, 1, null, 4, 1, null, 4);
    }

    [Fact]
    public void Too_few_offsets_are_refused()
    {
        // given, when, then
        Assert.Throws<ArgumentOutOfRangeException>(static () => Gemm.RunBatched<float>(2, [0, 0], [0], [0, 0], 3, 4, 5, null, 5, 1, null, 4, 1, null, 4));
    }
}
