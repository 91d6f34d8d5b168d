namespace Gradus.Kernels.Tests;

public unsafe class BuffersTests
{
    [Fact]
    public void Loans_that_are_open_together_do_not_overlap_and_are_aligned()
    {
        // given
        using var first = Buffers.Rent(1000);
        new Span<byte>(first.Pointer, 1000).Fill(1);

        // when
        using var second = Buffers.Rent(100_000);
        new Span<byte>(second.Pointer, 100_000).Fill(2);

        // then
        Assert.False(new Span<byte>(first.Pointer, 1000).ContainsAnyExcept((byte)1));
        Assert.Equal(0, (nint)first.Pointer % 64);
        Assert.Equal(0, (nint)second.Pointer % 64);
    }

    [Fact]
    public void A_loan_that_was_made_before_allocates_nothing()
    {
        // given
        Buffers.Rent(5000).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();

        // when
        for (var i = 0; i < 100; i++) Buffers.Rent(5000 - i).Dispose();

        // then
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
