using Gradus.Testing;

namespace Gradus.Kernels.Tests.Windows;

/// <summary>What the battery's samples do not contain: ties, NaN, long rows against guard pages.</summary>
public unsafe class PoolingTests
{
    [Theory, InlineData(2), InlineData(3), InlineData(8), InlineData(9), InlineData(37), InlineData(64)]
    public void Halving_gives_the_bits_of_the_general_loop(int width)
    {
        // given: few different values, so that windows have ties, and some NaN; a second tap type has no fast loop
        var shape = new PoolShape(3, 5, width, 2, 2, 2, 2, 0, 0);
        var random = new System.Random(width);
        using var x = new GuardedMemory<float>((int)(3 * shape.InPlane));
        foreach (ref var value in x.Span) value = random.Next(8) == 0 ? float.NaN : random.Next(3) - 1;
        using var fast = new GuardedMemory<float>((int)(3 * shape.OutPlane));
        using var slow = new GuardedMemory<float>((int)(3 * shape.OutPlane));
        using var taps = new GuardedMemory<byte>((int)(3 * shape.OutPlane));
        using var wide = new GuardedMemory<int>((int)(3 * shape.OutPlane));
        using var dx = new GuardedMemory<float>((int)(3 * shape.InPlane));
        using var wideDx = new GuardedMemory<float>((int)(3 * shape.InPlane));

        // when
        MaxPooling.Forward(in shape, x.Pointer, fast.Pointer, taps.Pointer);
        MaxPooling.Forward(in shape, x.Pointer, slow.Pointer, wide.Pointer);
        MaxPooling.Backward(in shape, fast.Pointer, taps.Pointer, dx.Pointer);
        MaxPooling.Backward(in shape, slow.Pointer, wide.Pointer, wideDx.Pointer);

        // then
        Assert.Equal(slow.Span.ToArray(), fast.Span.ToArray());
        Assert.Equal(wide.Span.ToArray(), taps.Span.ToArray().Select(static tap => (int)tap));
        Assert.Equal(wideDx.Span.ToArray(), dx.Span.ToArray());
    }

    [Fact]
    public void The_first_of_equal_elements_wins_and_a_NaN_wins_over_all()
    {
        // given
        var shape = new PoolShape(1, 2, 8, 2, 2, 2, 2, 0, 0);
        float[] x = [1, 1, 0, 2, float.NaN, 9, -1, float.NaN, 1, 1, 2, 2, 9, 9, float.NaN, 9];
        var y = new float[4];
        var taps = new byte[4];

        // when
        fixed (float* from = x, to = y) fixed (byte* tap = taps) MaxPooling.Forward(in shape, from, to, tap);

        // then
        Assert.Equal([1, 2, float.NaN, float.NaN], y);
        Assert.Equal([0, 1, 0, 1], taps);
    }

    [Fact]
    public void Without_taps_the_maxima_are_the_same()
    {
        // given
        var shape = new PoolShape(2, 7, 9, 3, 3, 2, 2, 1, 1);
        float[] x = [.. Enumerable.Range(0, 126).Select(static index => (float)(index * 37 % 126))];
        float[] with = new float[40], without = new float[40];
        var taps = new byte[40];

        // when
        fixed (float* from = x, one = with, two = without)
        fixed (byte* tap = taps)
        {
            MaxPooling.Forward(in shape, from, one, tap);
            MaxPooling.Forward<float, byte>(in shape, from, two, null);
        }

        // then
        Assert.Equal(with, without);
    }
}
