namespace Gradus.Data.Tests;

public sealed class TextDatasetTests
{
    private static readonly Dataset Text = Dataset.OfTokens("text", new ushort[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 3,
        [.. Enumerable.Range(0, 10).Select(static number => $"{number}")]);

    [Fact]
    public void Windows_lie_one_after_another_and_each_token_has_a_next_one()
    {
        // when
        var rows = Enumerable.Range(0, Text.Count).ToArray();

        // then
        Assert.Equal((3, 10, 3, true), (Text.Count, Text.Length, Text.PredictionsPerSample, Text.IsText));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], Text.InputTensor(rows).ToArray<int>());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], Text.LabelTensor(rows).ToArray<int>());
        Assert.Equal([3, 3], [.. Text.InputTensor(rows).Shape.AsSpan()]);
    }

    [Fact]
    public void Overlapping_windows_begin_at_every_token()
    {
        // when
        var windows = Text.OverlappingWindows();

        // then
        Assert.Equal(7, windows.Count);
        Assert.Equal([6, 7, 8, 1, 2, 3], windows.InputTensor([6, 1]).ToArray<int>());
        Assert.Equal([7, 8, 9, 2, 3, 4], windows.LabelTensor([6, 1]).ToArray<int>());
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.InputTensor([7]));
    }

    [Fact]
    public void Selected_windows_keep_what_comes_next()
    {
        // when
        var some = Text.OverlappingWindows().Select([6, 0, 6]);

        // then
        Assert.Equal(3, some.Count);
        Assert.Equal([6, 7, 8, 0, 1, 2, 6, 7, 8], some.InputTensor([0, 1, 2]).ToArray<int>());
        Assert.Equal([7, 8, 9, 1, 2, 3, 7, 8, 9], some.LabelTensor([0, 1, 2]).ToArray<int>());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(6, 1)]
    [InlineData(7, 2)]
    public void A_window_needs_one_token_behind_it(int tokens, int count)
    {
        // when
        var text = Dataset.OfTokens("text", new ushort[tokens], 3, ["a"]);

        // then
        Assert.Equal(count, text.Count);
        Assert.Equal(Math.Max(0, tokens - 3), text.OverlappingWindows().Count);
    }

    [Fact]
    public void Tokens_are_no_quantities_and_must_be_known()
    {
        // when
        var points = Dataset.OfInputs("points", [1], Inputs.Of([1f], 1));

        // then
        Assert.Equal((0.0, 1.0), Text.Inputs.Measure());
        Assert.Throws<InvalidOperationException>(() => Text.Normalize(1, 2));
        Assert.Throws<InvalidOperationException>(() => points.CopyTokens([0], new int[1]));
        Assert.Throws<InvalidOperationException>(() => points.OverlappingWindows());
        Assert.Throws<ArgumentException>(() => Text.CopyTokens([0, 1], new int[5]));
        Assert.Throws<ArgumentException>(() => Dataset.OfTokens("text", new ushort[] { 0, 2 }, 1, ["a", "b"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.OfTokens("text", new ushort[] { 0 }, 0, ["a"]));
    }
}
