namespace Gradus.Tests;

public class FactoriesTests
{
    [Fact]
    public void The_element_type_follows_from_the_values()
    {
        // given
        Tensor[] tensors = [Tensor.Of(1f), Tensor.Of(1.0), Tensor.Of(1L), Tensor.Of(1), Tensor.Of(true)];

        // when
        var types = tensors.Select(static tensor => tensor.DType);

        // then
        Assert.Equal([DType.Float32, DType.Float64, DType.Int64, DType.Int32, DType.Bool], types);
    }

    [Fact]
    public void Rows_and_planes_give_their_shape()
    {
        // given
        int[][] rows = [[1, 2, 3], [4, 5, 6]];

        // when
        var matrix = Tensor.Of(rows);
        var cube = Tensor.Of([rows, rows]);

        // then
        Assert.Equal([2, 3], matrix.Shape);
        Assert.Equal([2, 2, 3], cube.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], cube.ToArray<int>());
    }

    [Fact]
    public void Ragged_rows_and_wrong_counts_are_refused()
    {
        // given
        var ragged = () => Tensor.Of([[1f, 2f], [3f]]);
        var short_ = () => Tensor.From([1f, 2f, 3f], [2, 2]);

        // when
        var first = Assert.Throws<GradusException>(ragged);
        var second = Assert.Throws<GradusException>(short_);

        // then
        Assert.Equal("of: every row must have the same length; the first has 2, another 1.", first.Message);
        Assert.Equal("from: 3 values for shape [2,2], which has 4 elements.", second.Message);
    }

    [Fact]
    public void Ranges_are_those_of_NumPy()
    {
        // given
        var arange = Tensor.Arange(4);
        var fractions = Tensor.Arange(0, 1, 0.25);
        var down = Tensor.Arange(3, 0, -1, DType.Int32);
        var line = Tensor.Linspace(-1, 1, 5);

        // when
        var empty = Tensor.Arange(3.0, 0);

        // then
        Assert.Equal([0L, 1, 2, 3], arange.ToArray<long>());
        Assert.Equal([0f, 0.25f, 0.5f, 0.75f], fractions.ToArray<float>());
        Assert.Equal([3, 2, 1], down.ToArray<int>());
        Assert.Equal([-1f, -0.5f, 0, 0.5f, 1], line.ToArray<float>());
        Assert.Equal([0], empty.Shape);
        Assert.Throws<GradusException>(static () => Tensor.Arange(0, 1, 0));
    }

    [Fact]
    public void Fills_are_converted_to_the_type()
    {
        // given
        var full = Tensor.Full([2], 2.5, DType.Int64);

        // when
        var eye = Tensor.Eye(2, DType.Int32);

        // then
        Assert.Equal([2L, 2], full.ToArray<long>());
        Assert.Equal([1, 0, 0, 1], eye.ToArray<int>());
        Assert.Equal([true, true], Tensor.Ones([2], DType.Bool).ToArray<bool>());
        Assert.Equal(0, Tensor.Zeros([0, 3]).Count);
    }

    [Fact]
    public void Equal_streams_draw_equal_numbers_in_any_portions()
    {
        // given
        Generator whole = new(3, "a"), parts = new(3, "a"), other = new(3, "b");

        // when
        var once = Tensor.Randn([1001], generator: whole).ToArray<float>();
        float[] twice = [.. Tensor.Randn([500], generator: parts).ToArray<float>(), .. Tensor.Randn([501], generator: parts).ToArray<float>()];

        // then
        Assert.Equal(once, twice);
        Assert.NotEqual(once, Tensor.Randn([1001], generator: other).ToArray<float>());
        Assert.Equal(1001, whole.Position);
    }

    [Fact]
    public void Random_numbers_have_the_moments_they_should()
    {
        // given
        var generator = new Generator(1);

        // when
        var uniform = Tensor.Rand([100_000], DType.Float64, generator);
        var normal = Tensor.Randn([100_000], DType.Float64, generator);

        // then
        Assert.Equal(0.5, uniform.Mean().Item(), 0.01);
        Assert.InRange(uniform.Min().Item(), 0, 1e-3);
        Assert.InRange(uniform.Max().Item(), 0.999, 1 - 1e-12);
        Assert.Equal(0, normal.Mean().Item(), 0.02);
        Assert.Equal(1, normal.Square().Mean().Item(), 0.02);
        Assert.Throws<GradusException>(static () => Tensor.Rand([2], DType.Int32));
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void Dropout_drops_its_share_and_keeps_the_mean(DType type)
    {
        // given
        var x = Tensor.Ones([100_000], type);

        // when
        var dropped = x.Dropout(0.25, new Generator(1));

        // then
        Assert.Equal(0.25, dropped.Equal(0).To(DType.Float64).Mean().Item(), 0.01);
        Assert.All(dropped.ToArray<double>().Distinct(), value => Assert.True(value == 0 || Math.Abs(value - (4.0 / 3)) < 1e-6));
        Assert.Equal(dropped.ToArray<double>(), x.Dropout(0.25, new Generator(1)).ToArray<double>());
    }
}
