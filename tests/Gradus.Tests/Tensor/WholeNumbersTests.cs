namespace Gradus.Tests;

/// <summary>Whole numbers above 2⁵³, which a double does not tell from their neighbors, and others at the ends of their types.</summary>
public class WholeNumbersTests
{
    private const long Odd = (1L << 53) + 1;

    [Fact]
    public void Comparisons_with_a_number_are_exact()
    {
        // given
        var x = Tensor.Of(Odd - 1, Odd, Odd + 1);

        // when
        bool[][] results = [.. new[] { x.Equal(Odd), x.NotEqual(Odd), x < Odd, x <= Odd, x > Odd, x >= Odd }.Select(static result => result.ToArray<bool>())];

        // then
        Assert.Equal(
            [[false, true, false], [true, false, true], [true, false, false], [true, true, false], [false, false, true], [false, true, true]], results);
    }

    [Fact]
    public void Comparisons_with_fractions_and_numbers_out_of_range_are_exact()
    {
        // given
        var x = Tensor.Of(long.MinValue, -1, 16777217, long.MaxValue);
        bool[] none = [false, false, false, false], all = [true, true, true, true];

        // when
        bool[] Of(Tensor result) => result.ToArray<bool>();

        // then
        Assert.Equal([true, true, false, false], Of(x < 16777216.5));
        Assert.Equal([true, true, true, false], Of(x <= 16777217.5));
        Assert.Equal([false, false, true, true], Of(x > 16777216.5));
        Assert.Equal([false, true, true, true], Of(x >= -1.5));
        Assert.Equal(none, Of(x.Equal(16777216.5)));
        Assert.Equal(all, Of(x.NotEqual(double.NaN)));
        Assert.All(
            new[] { x < double.NaN, x <= double.NaN, x > double.NaN, x >= double.NaN, x > 9.3e18, x < -9.3e18, x >= double.PositiveInfinity },
            result => Assert.Equal(none, Of(result)));
        Assert.All(
            new[] { x < 9223372036854775808.0, x <= double.PositiveInfinity, x >= -9223372036854775808.0, x > -1e300 },
            result => Assert.Equal(all, Of(result)));
    }

    [Fact]
    public void An_i32_tensor_is_compared_with_numbers_beyond_its_range()
    {
        // given
        var x = Tensor.Of(int.MinValue, int.MaxValue);

        // when
        bool[] Of(Tensor result) => result.ToArray<bool>();

        // then
        Assert.Equal([true, true], Of(x < 2147483648));
        Assert.Equal([false, false], Of(x.Equal(2147483648)));
        Assert.Equal([true, false], Of(x <= 2147483646));
        Assert.Equal([false, true], Of(x > 2147483646.5));
    }

    [Fact]
    public void What_takes_a_number_keeps_it()
    {
        // given
        var x = Tensor.Of(1L, 2);
        var mask = Tensor.Of(true, false);

        // when
        Dictionary<string, Tensor> results = new()
        {
            ["full"] = Tensor.Full([2], Odd, DType.Int64),
            ["fill"] = x.Clone().Fill(Odd),
            ["where x"] = Tensor.Where(mask, Odd, x),
            ["where y"] = Tensor.Where(mask, x, Odd),
            ["maskedFill"] = x.MaskedFill(mask, Odd),
            ["pad"] = x.Pad([(1, 0)], PadMode.Constant, Odd),
            ["pad an axis"] = x.Pad(0, 0, 1, Odd),
            ["pad by its name"] = x.Pad([(1, 1)], value: Odd),
            ["scatter"] = x.Scatter(0, Tensor.Of(1), Odd),
            ["indexFill"] = x.IndexFill(0, Tensor.Of(0), Odd),
            ["clamp"] = Tensor.Of(0, long.MaxValue).Clamp(Odd, Odd + 2),
            ["clamp below"] = Tensor.Of(0, long.MaxValue).Clamp(min: Odd),
            ["clamp above"] = Tensor.Of(long.MinValue, long.MaxValue).Clamp(max: Odd),
            ["threshold"] = Tensor.Of(Odd - 1, Odd + 1).Threshold(Odd, Odd + 2),
            ["remainder"] = Tensor.Of(Odd - 1, Odd + 1).Remainder(Odd),
            ["fmod"] = Tensor.Of(Odd + 1, -Odd - 1).Fmod(Odd),
            ["sum"] = x + Odd,
            ["difference"] = Odd - x,
            ["product"] = x * Odd,
            ["arange"] = Tensor.Arange(Odd, Odd + 4, 2),
            ["linspace"] = Tensor.Linspace(Odd, Odd + 2, 3, DType.Int64),
            ["cumsum"] = Tensor.Of(Odd, 1).CumSum(0),
        };

        // then
        Dictionary<string, long[]> expected = new()
        {
            ["full"] = [Odd, Odd],
            ["fill"] = [Odd, Odd],
            ["where x"] = [Odd, 2],
            ["where y"] = [1, Odd],
            ["maskedFill"] = [Odd, 2],
            ["pad"] = [Odd, 1, 2],
            ["pad an axis"] = [1, 2, Odd],
            ["pad by its name"] = [Odd, 1, 2, Odd],
            ["scatter"] = [1, Odd],
            ["indexFill"] = [Odd, 2],
            ["clamp"] = [Odd, Odd + 2],
            ["clamp below"] = [Odd, long.MaxValue],
            ["clamp above"] = [long.MinValue, Odd],
            ["threshold"] = [Odd + 2, Odd + 1],
            ["remainder"] = [Odd - 1, 1],
            ["fmod"] = [1, -1],
            ["sum"] = [Odd + 1, Odd + 2],
            ["difference"] = [Odd - 1, Odd - 2],
            ["product"] = [Odd, 2 * Odd],
            ["arange"] = [Odd, Odd + 2],
            ["linspace"] = [Odd, Odd + 1, Odd + 2],
            ["cumsum"] = [Odd, Odd + 1],
        };
        Assert.All(expected, pair => Assert.Equal((pair.Key, string.Join(",", pair.Value)), (pair.Key, string.Join(",", results[pair.Key].ToArray<long>()))));
    }

    [Fact]
    public void Whole_bounds_of_a_float_tensor_that_are_left_out_bound_nothing()
    {
        // given
        var x = Tensor.Of(-1e30f, 0.5f, 1e30f);

        // when
        Tensor below = x.Clamp(max: 1), above = x.Clamp(min: 0), both = x.Clamp(0, 1);

        // then
        Assert.Equal([-1e30f, 0.5f, 1], below.ToArray<float>());
        Assert.Equal([0, 0.5f, 1e30f], above.ToArray<float>());
        Assert.Equal([0, 0.5f, 1], both.ToArray<float>());
    }

    [Fact]
    public void Ranges_reach_from_one_end_of_i64_to_the_other()
    {
        // given
        const long Step = long.MaxValue;

        // when
        Tensor up = Tensor.Arange(long.MinValue, long.MaxValue, Step), down = Tensor.Arange(5, long.MinValue, long.MinValue),
            all = Tensor.Linspace(long.MinValue, long.MaxValue, 3, DType.Int64);

        // then
        Assert.Equal([long.MinValue, -1, long.MaxValue - 1], up.ToArray<long>());
        Assert.Equal([5, 5 + long.MinValue], down.ToArray<long>().Append(5 + long.MinValue).Distinct());
        Assert.Equal([long.MinValue, 0, long.MaxValue], all.ToArray<long>());
        Assert.Throws<GradusException>(static () => Tensor.Arange(0, long.MaxValue));
    }

    [Fact]
    public void Closeness_is_of_the_numbers_and_not_of_their_doubles()
    {
        // given
        Tensor x = Tensor.Of(Odd, long.MinValue, 100), y = Tensor.Of(Odd - 1, long.MaxValue, 101);

        // when
        var exactly = x.IsClose(y, relative: 0, absolute: 0).ToArray<bool>();
        var within = x.IsClose(y, relative: 0, absolute: 1).ToArray<bool>();

        // then
        Assert.Equal([false, false, false], exactly);
        Assert.Equal([true, false, true], within);
        Assert.True(x.AllClose(x, 0, 0));
    }

    [Fact]
    public void Means_and_deviations_of_large_whole_numbers_are_those_of_the_numbers()
    {
        // given: as f32 all three are 16777216 or 16777218
        var x = Tensor.Of(16777215L, 16777217, 16777219);

        // when
        var (deviation, variance) = (x.Std().Item(), x.Var(correction: 0).Item());

        // then
        Assert.Equal(2, deviation, 1e-6);
        Assert.Equal(8.0 / 3, variance, 1e-6);
        Assert.Equal(1, Tensor.Of(Odd, 1 - Odd, 2).Mean().Item());
    }

    [Fact]
    public void What_does_not_fit_into_i32_is_an_error()
    {
        // given
        var x = Tensor.Of(1, 2);

        // when
        Action[] uses =
        [
            () => Tensor.Full([1], 1L << 31, DType.Int32), () => x.MaskedFill(x.Equal(1), 1L << 31),
            () => x.Clone().Fill(-(1L << 40)), () => Tensor.Linspace(0, 1L << 31, 3, DType.Int32),
        ];

        // then
        Assert.All(uses, static use => Assert.Contains("does not fit into i32", Assert.Throws<GradusException>(use).Message));
    }

    [Fact]
    public void Drawn_whole_numbers_fit_their_type_or_are_refused()
    {
        // given
        var generator = new Generator(3);

        // when
        var wide = Tensor.RandInt([1000], long.MinValue, long.MaxValue, DType.Int64, generator).ToArray<long>();
        var ends = Tensor.RandInt([1000], int.MaxValue - 1L, int.MaxValue + 1L, DType.Int32, generator).ToArray<int>();

        // then
        Assert.InRange(wide.Count(static number => number < 0), 400, 600);
        Assert.Equal([int.MaxValue - 1, int.MaxValue], ends.Distinct().Order());
        Assert.Equal("randInt: from 0 to 4294967296; i32 holds all whole numbers from -2147483648 to 2147483647 only. Use i64.",
            Assert.Throws<GradusException>(() => Tensor.RandInt([1], 0, 1L << 32, DType.Int32)).Message);
        Assert.All(new[] { (DType.Float16, 2050L), (DType.BFloat16, 258), (DType.Float32, (1 << 24) + 2), (DType.Bool, 3) }, static pair =>
            Assert.Throws<GradusException>(() => Tensor.RandInt([1], 0, pair.Item2, pair.Item1)));
        Assert.Equal(DType.Float32, Tensor.RandInt([1], 0, (1 << 24) + 1, DType.Float32).DType);
    }
}
