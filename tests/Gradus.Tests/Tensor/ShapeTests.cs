namespace Gradus.Tests;

public class ShapeTests
{
    [Fact]
    public void A_shape_counts_compares_and_prints_its_sizes()
    {
        // given
        Shape shape = [2, 3, 4];

        // when
        var text = shape.ToString();

        // then
        Assert.Equal("[2,3,4]", text);
        Assert.Equal((3, 24L, 4, 2), (shape.Rank, shape.ElementCount, shape[-1], shape[0]));
        Assert.True(shape == [2, 3, 4] && shape != [2, 3] && shape.GetHashCode() == Shape.Create([2, 3, 4]).GetHashCode());
    }

    [Fact]
    public void The_empty_shape_is_that_of_a_scalar()
    {
        // given
        Shape shape = [];

        // when
        var count = shape.ElementCount;

        // then
        Assert.Equal(1, count);
        Assert.Equal("[]", shape.ToString());
        Assert.Equal(default, shape);
    }

    [Theory]
    [InlineData(new[] { 2, -1 }, "shape: size -1 is negative in [2,-1].")]
    [InlineData(new[] { int.MaxValue, int.MaxValue }, "has more elements than any memory holds.")]
    [InlineData(new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, "shape: 17 axes, but a tensor has at most 16.")]
    public void Impossible_sizes_are_refused(int[] sizes, string message)
    {
        // given
        var make = () => Shape.Create(sizes);

        // when
        var error = Assert.Throws<GradusException>(() => make());

        // then
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_axis_that_is_not_there_is_an_error()
    {
        // given
        Shape shape = [2, 3];

        // when
        var error = Assert.Throws<GradusException>(() => shape[2]);

        // then
        Assert.Equal("shape: axis 2 is out of range for [2,3]; use -2 … 1.", error.Message);
    }
}
