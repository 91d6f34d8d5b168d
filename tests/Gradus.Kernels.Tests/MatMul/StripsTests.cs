namespace Gradus.Kernels.Tests.MatMul;

public class StripsTests
{
    [Theory]
    [InlineData(0, 12, new int[0])]
    [InlineData(1, 12, new[] { 1 })]
    [InlineData(12, 12, new[] { 12 })]
    [InlineData(13, 12, new[] { 7, 6 })]
    [InlineData(64, 12, new[] { 11, 11, 11, 11, 10, 10 })]
    [InlineData(64, 6, new[] { 6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 5 })]
    [InlineData(96, 32, new[] { 32, 32, 32 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    public void Strips_are_few_and_differ_by_one_row_at_most(int rows, int most, int[] expected)
    {
        // when
        var strips = new Strips(rows, most);

        // then
        Assert.Equal(expected, Enumerable.Range(0, strips.Count).Select(strip => strips.Rows(strip)));
    }
}
