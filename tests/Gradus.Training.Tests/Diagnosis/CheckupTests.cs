using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Diagnosis;

public sealed class CheckupTests
{
    [Fact]
    public void A_fresh_model_is_sound_and_left_as_it_was()
    {
        // given
        var (model, data) = Make.Untrained("mlp:16,16");
        model.Network.Eval();
        var before = Make.Weights(model);

        // when
        var examination = Checkup.Of(model.Network, data.Train, new Adam(model.Network.Parameters(), 1e-3));

        // then
        Assert.True(examination.Findings.Count == 0, examination.ToString());
        Assert.Equal(["Flatten", "Linear", "Relu", "Linear", "Relu", "Linear"], examination.Layers.Select(static layer => layer.Type));
        Assert.Equal(before, Make.Weights(model));
        Assert.False(model.Network.IsTraining);
    }

    [Fact]
    public void A_regression_is_examined_by_its_own_loss()
    {
        // given
        var network = new Sequential(new Linear(1, 1));
        network.Initialize(1);
        var data = Dataset.OfTargets("line", [1], Inputs.Of([-1, 0, 1, 2], 1), [1, 2, 3, 4]);

        // when
        var examination = Checkup.Of(network, data);

        // then
        Assert.Equal(Evaluation.Of(network, data).Loss, examination.Loss, 1e-6);
    }

    [Fact]
    public void A_rare_class_is_told()
    {
        // given
        var network = new Sequential(new Linear(1, 2));
        network.Initialize(1);
        float[] inputs = [.. Enumerable.Range(0, 100).Select(static row => (row % 10 / 5f) - 1)];
        int[] labels = [.. Enumerable.Range(0, 100).Select(static row => row < 5 ? 1 : 0)];

        // when
        var finding = Assert.Single(Checkup.Of(network, Dataset.OfClasses("rare", [1], Inputs.Of(inputs, 1), labels, ["no", "yes"])).Findings);

        // then
        Assert.Equal((Illness.ClassImbalance, Severity.Advice), (finding.Illness, finding.Severity));
        Assert.Equal("'yes' has 5 samples, 'no' 95; a tenth would do.", finding.Figure);
    }

    [Fact]
    public void A_run_with_the_doctor_examines_before_the_first_step_and_after_epochs()
    {
        // given
        var (model, data) = Make.Untrained();

        // when
        var events = new Trainer(model.Network, data, new TrainingOptions { Epochs = 5, BatchSize = 60, DoctorEvery = 2 }).Run().ToArray();

        // then
        Assert.IsType<NetworkExamined>(events[1]);
        Assert.Equal([(0, 0L), (2, 6L), (4, 12L)], events.OfType<NetworkExamined>().Select(static examined => (examined.Epoch, examined.Step)));
    }

    [Fact]
    public void A_run_is_the_same_with_the_doctor_and_without()
    {
        // given
        var ((with, data), (without, sameData)) = (Make.Untrained("mlp:16"), Make.Untrained("mlp:16"));

        // when
        var losses = new Trainer(with.Network, data, new TrainingOptions { Epochs = 4, BatchSize = 16, DoctorEvery = 1 }).Run().OfType<StepDone>().ToArray();
        var sameLosses = new Trainer(without.Network, sameData, new TrainingOptions { Epochs = 4, BatchSize = 16 }).Run().OfType<StepDone>().ToArray();

        // then
        Assert.Equal(sameLosses, losses);
        Assert.Equal(Make.Weights(without), Make.Weights(with));
    }

    [Fact]
    public void A_rate_that_is_far_too_high_is_told_before_the_first_step()
    {
        // given
        var (model, data) = Make.Untrained("mlp:16,16");
        var options = new TrainingOptions { Optimizer = OptimizerKind.Adam, LearningRate = 2, DoctorEvery = 1 };

        // when
        var first = new Trainer(model.Network, data, options).Run().OfType<NetworkExamined>().First();

        // then
        Assert.Equal(Illness.LearningRateTooHigh, Assert.Single(first.Examination.Findings).Illness);
    }

    [Fact]
    public void The_doctor_comes_at_least_every_epoch_or_never()
    {
        // given
        var (model, data) = Make.Untrained();

        // then
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(model.Network, data, new TrainingOptions { DoctorEvery = 0 }));
    }
}
