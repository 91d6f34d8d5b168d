using System.Numerics.Tensors;

namespace Gradus.Training.Tests.Shards;

public class ShardTreeTests
{
    [Fact]
    public void Shards_are_added_in_pairs_whose_left_half_is_the_largest_power_of_two()
    {
        // given
        string Sum(int shards)
        {
            string Of(ShardNode node) => node.Count == 1 ? $"{node.First}" : $"({Of(node with { End = node.Middle })} {Of(node with { First = node.Middle })})";
            return Of(new ShardTree(shards).Root);
        }

        // then
        Assert.Equal("(((0 1) (2 3)) ((4 5) (6 7)))", Sum(8));
        Assert.Equal("(((0 1) (2 3)) (4 5))", Sum(6));
        Assert.Equal("((0 1) 2)", Sum(3));
        Assert.Equal("0", Sum(1));
    }

    [Theory]
    [InlineData(8, 3, "0..2 | 2..4 4..5 | 5..6 6..8")]
    [InlineData(8, 4, "0..2 | 2..4 | 4..6 | 6..8")]
    [InlineData(7, 2, "0..2 2..3 | 3..4 4..7")]
    [InlineData(3, 1, "0..3")]
    public void A_process_keeps_the_fewest_sums(int shards, int processes, string expected)
    {
        // given
        var tree = new ShardTree(shards);

        // then
        var covers = Enumerable.Range(0, processes).Select(rank => string.Join(' ', tree.Cover(tree.OwnedBy(rank, processes))));
        Assert.Equal(expected, string.Join(" | ", covers));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(1)]
    public void Whoever_adds_them_the_sum_has_the_same_bits(int shards)
    {
        // given: numbers of very different sizes
        var random = new Random(1);
        var vectors = Enumerable.Range(0, shards).Select(_ => Enumerable.Range(0, 50)
            .Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 6)))).ToArray()).ToArray();
        var tree = new ShardTree(shards);

        // when
        float[] Sum(int processes)
        {
            var all = new List<ShardSum>();
            for (var rank = 0; rank < processes; rank++)
            {
                var (own, sums) = (tree.OwnedBy(rank, processes), new List<ShardSum>());
                for (var shard = own.First; shard < own.End; shard++)
                {
                    var isAdded = tree.IsAddedTo(sums, shard);
                    if (isAdded) TensorPrimitives.Add(sums[^1].Values.Span, vectors[shard], sums[^1].Values.Span);
                    foreach (var (sum, other) in tree.Append(sums, shard, isAdded, vectors[shard].ToArray()))
                        TensorPrimitives.Add(sum.Span, other.Span, sum.Span);
                }

                Assert.Equal(tree.Cover(own), sums.Select(static sum => sum.Node));
                all.AddRange(sums);
            }

            return tree.Add(all).ToArray();
        }

        // then
        var expected = Sum(1);
        for (var processes = 2; processes <= shards; processes++) Assert.Equal(expected, Sum(processes));
    }

    [Fact]
    public void Sums_that_are_not_all_shards_are_refused()
    {
        var tree = new ShardTree(4);
        Assert.Contains("2..4", Assert.Throws<ArgumentException>(() => tree.Add([new(new ShardNode(0, 2), new float[1])])).Message);
        Assert.Contains("expected 0..4", Assert.Throws<ArgumentException>(() => tree.Add([new(new ShardNode(1, 2), new float[1])])).Message);
    }
}
