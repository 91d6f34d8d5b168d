namespace Gradus.Training.Tests.Tables;

public class MeasuresTests
{
    [Fact]
    public void Measures_of_classes_are_those_of_their_formulas()
    {
        // given: two classes, four samples; the last one is wrong
        float[] probabilities = [0.9f, 0.1f, 0.4f, 0.6f, 0.2f, 0.8f, 0.7f, 0.3f];

        // when
        var found = Measures.OfClasses(probabilities, [0, 1, 1, 1]).ToDictionary();

        // then
        Assert.Equal((1 + 2.0 / 3) / 2, found["balanced_accuracy"], 1e-9);
        Assert.Equal((2.0 / 3 + 0.8) / 2, found["f1_macro"], 1e-9);
        Assert.Equal(1, found["auc"], 1e-9);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.6) + Math.Log(0.8) + Math.Log(0.3)) / 4, found["log_loss"], 1e-6);
        Assert.Equal((2 * 0.01 + 2 * 0.16 + 2 * 0.04 + 2 * 0.49) / 4, found["brier"], 1e-6);
        Assert.Equal((0.1 + 0.4 + 0.2 + 0.7) / 4, found["calibration_error"], 1e-6);
    }

    [Fact]
    public void Measures_of_numbers_are_those_of_their_formulas()
    {
        var found = Measures.OfNumbers([1, 2, 4, 8], [2, 2, 2, 4]).ToDictionary();

        Assert.Equal((1 + 0 + 2 + 4) / 4.0, found["mae"], 1e-9);
        Assert.Equal(1.5, found["median_absolute_error"], 1e-9);
        Assert.Equal(1 - 21 / 3.0, found["r2"], 1e-9);
        Assert.Equal((0.5 + 0 + 1 + 1) / 4, found["mape"], 1e-9);
        Assert.False(Measures.OfNumbers([1], [0]).ToDictionary().ContainsKey("mape"));
    }
}
