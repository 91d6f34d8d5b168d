namespace Gradus.Data.Tests;

public class DatasetTests
{
    private static readonly Inputs ThreeRows = Inputs.Of([1f, 2f, 3f, 4f, 5f, 6f], size: 2);

    [Fact]
    public void Selecting_rows_takes_labels_and_targets_along()
    {
        var classes = Dataset.OfClasses("set", [2], ThreeRows, [0, 1, 1], ["no", "yes"]);
        var targets = Dataset.OfTargets("set", [2, 1], ThreeRows, [1, 10, 2, 20, 3, 30], targetSize: 2);

        var chosenClasses = classes.Select([2, 0]);
        var chosenTargets = targets.Select([2, 0]).Normalize(1, 2);

        Assert.Equal([1, 0], chosenClasses.Labels!);
        Assert.Equal(["no", "yes"], chosenClasses.ClassNames!);
        Assert.Equal([3f, 30f, 1f, 10f], chosenTargets.Targets!);
        Assert.Equal([2, 1], chosenTargets.InputShape);
        Assert.Equal(2, chosenTargets.Count);
    }

    [Fact]
    public void Labels_and_targets_are_copied_by_row()
    {
        var labels = new int[2];
        var targets = new float[4];

        Dataset.OfClasses("set", [2], ThreeRows, [0, 1, 1], ["no", "yes"]).CopyLabels([1, 0], labels);
        Dataset.OfTargets("set", [2], ThreeRows, [1, 10, 2, 20, 3, 30], targetSize: 2).CopyTargets([2, 1], targets);

        Assert.Equal([1, 0], labels);
        Assert.Equal([3f, 30f, 2f, 20f], targets);
    }

    [Fact]
    public void More_rows_than_an_array_holds_are_refused_with_what_to_do()
    {
        // given: 2.5 billion numbers
        var rows = new int[50_000];
        var targets = Dataset.OfTargets("set", [1], Inputs.Of([1f], size: 1), new float[50_000], targetSize: 50_000);
        var wide = Dataset.OfInputs("set", [50_000], Inputs.Of(new byte[50_000], size: 50_000));
        var text = Dataset.OfTokens("text", new ushort[50_001], context: 50_000, ["a"]);

        // when
        Action[] takes =
        [
            () => targets.Select(rows), () => targets.TargetTensor(rows),
            () => wide.Select(rows), () => wide.InputTensor(rows),
            () => text.InputTensor(rows), () => text.LabelTensor(rows), () => text.Select(rows),
        ];

        // then
        const string message = @"^data: 50000 rows of 5000[01] numbers are 25000[05]0000; an array holds at most 2147483591\. Take fewer rows at a time\.$";
        foreach (var take in takes) Assert.Matches(message, Assert.Throws<GradusException>(take).Message);
        Assert.Throws<ArgumentException>(() => text.CopyLabels(rows, []));
    }

    [Fact]
    public void It_prints_as_one_would_describe_it()
    {
        Assert.Equal("set: 3 samples [1, 2], 2 classes", Dataset.OfClasses("set", [1, 2], ThreeRows, [0, 1, 1], ["no", "yes"]).ToString());
        Assert.Equal("set: 3 samples [2], 1 target", Dataset.OfTargets("set", [2], ThreeRows, [1, 2, 3]).ToString());
        Assert.Equal("set: 3 samples [2]", Dataset.OfInputs("set", [2], ThreeRows).ToString());
    }

    [Fact]
    public void Parts_that_disagree_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Dataset.OfInputs("set", [3], ThreeRows));
        Assert.Throws<ArgumentException>(() => Dataset.OfInputs("set", [-1, -2], ThreeRows));
        Assert.Throws<ArgumentException>(() => Dataset.OfClasses("set", [2], ThreeRows, [0, 1], ["no", "yes"]));
        var error = Assert.Throws<ArgumentException>(() => Dataset.OfClasses("set", [2], ThreeRows, [0, 1, 2], ["no", "yes"]));
        Assert.StartsWith("set: sample 2 has label 2; the classes go from 0 to 1.", error.Message);
        Assert.Throws<ArgumentException>(() => Dataset.OfTargets("set", [2], ThreeRows, [0, 1]));
        Assert.Throws<InvalidOperationException>(() => Dataset.OfInputs("set", [2], ThreeRows).CopyLabels([0], new int[1]));
        Assert.Throws<InvalidOperationException>(() => Dataset.OfInputs("set", [2], ThreeRows).CopyTargets([0], new float[1]));
    }
}
