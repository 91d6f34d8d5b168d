using Gradus.Data;

namespace Gradus.Training.Tests;

public sealed class EvaluationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_batch_size_does_not_matter(int batchSize)
    {
        // given
        var (_, data) = Make.Untrained();
        var model = Make.Trained().Network;

        // when
        var evaluation = Evaluation.Of(model, data.Train, batchSize: batchSize);

        // then
        var expected = Evaluation.Of(model, data.Train);
        Assert.Equal(expected.Loss, evaluation.Loss);
        Assert.Equal(expected.Accuracy, evaluation.Accuracy);
    }

    [Fact]
    public void The_confusion_matrix_counts_what_the_accuracy_tells()
    {
        // given
        var (_, data) = Make.Untrained();

        // when
        var evaluation = Evaluation.Of(Make.Trained().Network, data.Train);

        // then
        var confusion = evaluation.Confusion!;
        Assert.Equal(160, confusion.Count);
        Assert.Equal(data.Train.Labels!.Count(static label => label == 0), confusion[0, 0] + confusion[0, 1]);
        Assert.Equal((confusion[0, 0] + confusion[1, 1]) / 160.0, evaluation.Accuracy);
    }

    [Fact]
    public void Parts_together_are_the_whole()
    {
        // given
        var (_, data) = Make.Untrained();
        var model = Make.Trained().Network;
        Dataset[] parts = [data.Train.Select([.. Enumerable.Range(0, 50)]), data.Train.Select([.. Enumerable.Range(50, 110)])];

        // when
        var merged = Evaluation.Merge([.. parts.Select(part => (Evaluation.Of(model, part), part.Count))]);

        // then
        var whole = Evaluation.Of(model, data.Train);
        Assert.Equal(whole.Loss, merged.Loss, 12);
        Assert.Equal(whole.Accuracy, merged.Accuracy);
        Assert.Equal(whole.Confusion![1, 0], merged.Confusion![1, 0]);
    }

    [Fact]
    public void A_network_in_training_goes_on_in_training()
    {
        // given
        var (model, data) = Make.Untrained();
        model.Network.Train();

        // when
        Evaluation.Of(model.Network, data.Test);

        // then
        Assert.True(model.Network.IsTraining);
    }

    [Fact]
    public void No_samples_are_an_error()
    {
        // given
        var (model, data) = Make.Untrained(test: 0);

        // when
        var exception = Assert.Throws<GradusException>(() => Evaluation.Of(model.Network, data.Test));

        // then
        Assert.Contains("no samples in this split", exception.Message);
    }

    [Fact]
    public void More_samples_right_are_better_then_a_lower_loss_and_a_loss_that_is_not_finite_is_worst()
    {
        // given
        Evaluation[] fromBest = [Of(0.7, 0.9), Of(0.1, 0.8), Of(0.2, 0.8), Of(double.NaN, 0.95)];
        Evaluation[] regressions = [Of(0.1, null), Of(0.2, null), Of(double.PositiveInfinity, null)];

        // then
        foreach (var list in new[] { fromBest, regressions })
        {
            for (var i = 0; i < list.Length; i++)
            {
                for (var j = 0; j < list.Length; j++) Assert.Equal(i < j, list[i].IsBetterThan(list[j]));
            }
        }
    }

    private static Evaluation Of(double loss, double? accuracy) => new(loss, accuracy, null, null);

    [Fact]
    public void A_network_that_gives_NaN_is_right_nowhere()
    {
        // given
        var (_, data) = Make.Untrained();
        var model = Make.Trained();
        model.Network.State()["1.weight"].Fill(double.NaN);

        // when
        var evaluation = Evaluation.Of(model.Network, data.Train);
        var parts = Evaluation.Merge([(evaluation, 160), (Evaluation.Of(Make.Trained().Network, data.Validation), 20)]);

        // then
        Assert.Equal((double.NaN, 0), (evaluation.Loss, evaluation.Accuracy));
        Assert.Equal((160, 160), (evaluation.Confusion!.Count, evaluation.Confusion.Undecided));
        Assert.Equal((180, 160), (parts.Confusion!.Count, parts.Confusion.Undecided));
        Assert.False(evaluation.IsBetterThan(parts));
        var error = Assert.Throws<GradusException>(() => model.RequireFinite("evaluate: the loss", evaluation));
        Assert.Equal("evaluate: the loss is NaN, no finite number. The model's '1.weight' holds NaN or infinity: train it again, at a lower learning rate.",
            error.Message);
        Assert.Throws<GradusException>(() => Make.Trained().RequireFinite("predict", [1, float.NaN]));
    }

    [Fact]
    public void Squared_errors_keep_the_digits_that_float32_loses()
    {
        // given: of 1 + 2⁻¹² and of 10²⁵, whose square no float32 is
        var data = Dataset.OfInputs("numbers", [1], Inputs.Of([0f, 0f], 1));
        var outputs = Tensor.Of([[1 + (1 / 4096f)], [1e25f]]);

        // when
        var errors = Evaluation.SquaredErrors(outputs, data, [0, 1]);

        // then
        Assert.Equal(1 + (2 / 4096.0) + (1 / (4096.0 * 4096)), errors[0]);
        Assert.Equal((double)1e25f * 1e25f, errors[1]);
    }
}
