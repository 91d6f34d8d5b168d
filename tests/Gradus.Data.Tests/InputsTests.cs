namespace Gradus.Data.Tests;

public class InputsTests
{
    [Fact]
    public void Pixels_read_as_parts_of_255()
    {
        var inputs = Inputs.Of([0, 51, 255, 102], size: 2);
        var rows = new float[4];

        inputs.CopyRows([1, 0], rows);

        Assert.Equal([1f, 0.4f, 0f, 0.2f], rows);
    }

    [Fact]
    public void Normalized_inputs_have_mean_0_and_deviation_1_whatever_they_are_kept_as()
    {
        foreach (var inputs in new[] { Inputs.Of([0, 51, 255, 102], size: 2), Inputs.Of([1f, 5f, -2f, 0f], size: 2) })
        {
            var (mean, deviation) = inputs.Measure();

            var normalized = inputs.Normalize(mean, deviation).Normalize(0, 2).Normalize(0, 0.5).Select([0, 1]);

            Assert.Equal(0, normalized.Measure().Mean, 6);
            Assert.Equal(1, normalized.Measure().Deviation, 6);
        }
    }

    [Fact]
    public void A_part_of_the_rows_stands_on_its_own()
    {
        var rows = new float[4];

        Inputs.Of([1f, 2f, 3f, 4f, 5f, 6f], size: 2).Select([2, 0]).CopyRows([0, 1], rows);

        Assert.Equal([5f, 6f, 1f, 2f], rows);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var inputs = Inputs.Of([1f, 2f, 3f, 4f], size: 2);

        Assert.Throws<ArgumentException>(() => Inputs.Of([1f, 2f, 3f], size: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Inputs.Of(new float[2], size: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => inputs.CopyRows([2], new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => inputs.Select([-1]));
        Assert.Throws<ArgumentException>(() => inputs.CopyRows([0, 1], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => inputs.Normalize(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => inputs.Normalize(double.NaN, 1));
    }
}
