using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Tests;

public sealed class JsonLineTests
{
    [Fact]
    public void A_number_that_is_not_finite_is_null_and_others_have_full_precision()
    {
        // given
        var valid = new Evaluation(double.PositiveInfinity, Accuracy: 1.0 / 3, RootMeanSquaredError: null, Confusion: null);

        // when
        var line = JsonLine.Of(new EpochDone(7, double.NaN, valid, IsBest: false, Seconds: 0.1) { Step = 70 }, "model");

        // then
        Assert.Equal("""{"event":"epoch","epoch":7,"step":70,"train_loss":null,"valid_loss":null,"valid_accuracy":0.3333333333333333,"seconds":0.1}""", line);
    }

    [Fact]
    public void A_step_has_no_line_of_its_own()
    {
        // when
        var line = JsonLine.Of(new StepDone(1, 1, 0.5, 64, 0.1), "model");

        // then
        Assert.Null(line);
    }
}
