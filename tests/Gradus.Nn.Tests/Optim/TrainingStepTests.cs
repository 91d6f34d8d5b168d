namespace Gradus.Nn.Tests;

public class TrainingStepTests
{
    [Fact]
    public void The_training_step_of_the_optimizers_page_learns()
    {
        // given: as in docs/optimizers.md, but with the same samples throughout
        var network = new Sequential(new Linear(4, 16), new Relu(), new Linear(16, 3));
        network.Initialize(1);
        var optimizer = new AdamW(network.Parameters(), new() { LearningRate = 0.02, DecayBiasesAndNorms = false });
        var schedule = Schedule.Cosine(total: 100, warmup: 10);
        var average = WeightAverage.Exponential(network.Parameters(), decay: 0.9);
        var samples = Tensor.Randn([8, 4], DType.Float32, new Generator(1));
        var losses = new List<double>();

        // when
        for (var step = 0; step < 100; step++)
        {
            optimizer.LearningRate = 0.02 * schedule.At(step);
            optimizer.ZeroGrad();
            var loss = Losses.CrossEntropy(network.Forward(samples), Tensor.Of(0, 1, 2, 0, 1, 2, 0, 1), labelSmoothing: 0.1);
            loss.Backward();
            Clip.ByNorm(network.Parameters(), 1);
            optimizer.Step();
            average.Update();
            losses.Add(loss.Item());
        }

        average.Swap();

        // then
        Assert.True(losses[^1] < losses[0] / 2, string.Join(", ", losses));
    }
}
