namespace Gradus.Data.Tests;

public class BatchSourcesTests
{
    private static readonly IBatchSource<string> Ten = SampleSources.From(Enumerable.Range(0, 10)).Batched(static some => string.Join(' ', some));

    [Fact]
    public void Rows_are_taken_skipped_and_selected()
    {
        Assert.Equal("0 2", Ten.Take(3).Read([0, 2], 0));
        Assert.Equal("9 8", Ten.Skip(8).Read([1, 0], 0));
        Assert.Equal("5 7", Ten.Select([7, 5]).Read([1, 0], 0));
        Assert.Equal(Enumerable.Range(0, 10), All(Ten.Shuffle(seed: 2)).Order());
        Assert.Equal(Enumerable.Range(0, 10), Ten.Split([0.7, 0.3]).SelectMany(All).Order());
        Assert.Equal(3, Ten.Split([0.7, 0.3])[1].Count);
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Take(3).Read([3], 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Select([-1]));
    }

    [Fact]
    public void Batches_are_mapped_and_zipped()
    {
        Assert.Equal("1 2!", Ten.Map(static batch => batch + "!").Read([1, 2], 0));
        Assert.Equal("1 2 of 2 in 4", Ten.Map(static (batch, rows, epoch) => $"{batch} of {rows.Length} in {epoch}").Read([1, 2], 4));
        Assert.Equal(("1 2", "8 7"), Ten.Zip(Ten.Select([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])).Read([1, 2], 0));
        Assert.Throws<ArgumentException>(static () => Ten.Zip(Ten.Take(2)));
    }

    [Fact]
    public void A_dataset_is_a_source_of_batches()
    {
        // given
        var data = Dataset.OfTargets("lines", [1], Inputs.Of([1f, 2, 3, 4], 1), [10f, 20, 30, 40]);

        // when
        var batch = data.Skip(1).Map(static batch => batch with { Input = batch.Input * 2 }).Read([2, 0], 0);

        // then
        Assert.Equal([8f, 4], batch.Input.ToArray<float>());
        Assert.Equal([40f, 20], batch.Target.ToArray<float>());
    }

    private static IEnumerable<int> All(IBatchSource<string> source) =>
        source.Read([.. Enumerable.Range(0, source.Count)], 0).Split(' ').Select(static number => int.Parse(number));
}
