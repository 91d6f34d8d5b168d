namespace Gradus.Data.Tests;

public class FoldsTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(0, 101).Select(static row => row % 10 == 0 ? 1 : 0)];

    private static readonly string[] Groups = [.. Enumerable.Range(0, 200).Select(static row => $"patient {row * row % 37}")];

    [Fact]
    public void Each_row_is_validated_on_in_one_fold_and_trained_on_in_the_others()
    {
        // when
        Split[][] all = [Split.KFold(101, 5, seed: 1), Split.StratifiedKFold(Labels, 5, seed: 1)];

        // then
        foreach (var splits in all)
        {
            Assert.Equal(5, splits.Length);
            Assert.Equal(Enumerable.Range(0, 101), splits.SelectMany(static split => split.Validation).Order());
            foreach (var split in splits)
            {
                Assert.InRange(split.Validation.Length, 20, 21);
                Assert.Empty(split.Test);
                Assert.Equal(Enumerable.Range(0, 101), split.Train.Concat(split.Validation).Order());
            }
        }
    }

    [Fact]
    public void Folds_follow_from_the_seed()
    {
        Assert.Equal(Split.KFold(20, 4, seed: 1)[2].Train, Split.KFold(20, 4, seed: 1)[2].Train);
        Assert.NotEqual(Split.KFold(20, 4, seed: 1)[2].Train, Split.KFold(20, 4, seed: 2)[2].Train);
    }

    [Fact]
    public void Stratified_parts_have_the_classes_shares()
    {
        // when
        var parts = Split.StratifiedKFold(Labels, 5).Select(static split => split.Validation);
        var split = Split.Stratified(Labels, valid: 0.2, test: 0.3, seed: 4);

        // then: 11 of 101 rows are of class 1
        Assert.All(parts, static part => Assert.InRange(part.Count(static row => Labels[row] == 1), 1, 4));
        Assert.Equal((51, 20, 30), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, 101), split.Train.Concat(split.Validation).Concat(split.Test).Order());
        Assert.InRange(split.Validation.Count(static row => Labels[row] == 1), 1, 4);
        Assert.InRange(split.Test.Count(static row => Labels[row] == 1), 2, 5);
    }

    [Fact]
    public void No_group_is_on_two_sides()
    {
        // when
        Split[] splits = [.. Split.GroupKFold(Groups, 4, seed: 1), Split.ByGroup(Groups, valid: 0.2, test: 0.2, seed: 1)];

        // then
        foreach (var split in splits)
        {
            int[][] parts = [split.Train, split.Validation, split.Test];
            var sides = parts.Select(static rows => rows.Select(static row => Groups[row]).Distinct().ToArray());
            Assert.Equal(Groups.Distinct().Count(), sides.Sum(static side => side.Length));
            Assert.Equal(Enumerable.Range(0, 200), split.Train.Concat(split.Validation).Concat(split.Test).Order());
        }

        Assert.All(splits[..4], static split => Assert.InRange(split.Validation.Length, 40, 60));
        Assert.InRange(splits[4].Validation.Length, 30, 50);
        Assert.InRange(splits[4].Test.Length, 30, 50);
    }

    [Fact]
    public void Each_part_gets_a_group_even_where_groups_are_large()
    {
        // when
        var split = Split.ByGroup([.. Enumerable.Range(0, 30).Select(static row => row / 10)], valid: 0.1, test: 0.1);

        // then
        Assert.Equal((10, 10, 10), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Split.ByGroup([1, 1, 2], valid: 0.1, test: 0.1));
        Assert.Equal([2], Split.ByGroup([1, 1, 2], valid: 0.1, test: 0).Validation);
    }

    [Fact]
    public void By_time_the_last_rows_are_for_the_test()
    {
        // given
        var first = new DateTime(2020, 1, 1);
        DateTime[] times = [.. Enumerable.Range(0, 10).Select(row => first.AddDays(row * 7 % 10))];

        // when
        var split = Split.ByTime(times, valid: 0.2, test: 0.3);

        // then
        Assert.Equal([0, 1, 2, 3, 4], split.Train.Select(row => (times[row] - first).Days));
        Assert.Equal([5, 6], split.Validation.Select(row => (times[row] - first).Days));
        Assert.Equal([7, 8, 9], split.Test.Select(row => (times[row] - first).Days));
    }

    [Fact]
    public void Rows_of_one_time_are_in_one_part()
    {
        // when
        var split = Split.ByTime([1, 1, 2, 2, 3, 3, 4, 4, 4, 4], valid: 0.2, test: 0.2);

        // then
        Assert.Equal([0, 1, 2, 3], split.Train);
        Assert.Equal([4, 5], split.Validation);
        Assert.Equal([6, 7, 8, 9], split.Test);
        Assert.Throws<ArgumentOutOfRangeException>(static () => Split.ByTime([1, 1, 1, 1], valid: 0, test: 0.3));
    }

    [Fact]
    public void Too_few_rows_or_folds_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Split.KFold(10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Split.KFold(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Split.StratifiedKFold([0, 1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Split.GroupKFold([1, 1, 1, 2], 3));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Split.Stratified([0], valid: 0.5, test: 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Split.ByTime([1, 2], valid: 1.5));
    }
}
