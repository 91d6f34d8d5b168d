using Gradus.Nn;

namespace Gradus.Training.Tests.Tasks;

/// <summary>A generator against a critic: two optimizers, and a step that uses both.</summary>
internal sealed class Gan(ModuleDict<Sequential> network) : LearningTask<Tensor, ModuleDict<Sequential>>(network)
{
    public override IReadOnlyList<Optimizer> CreateOptimizers(Func<IEnumerable<Parameter>, Optimizer> create) =>
        [create(Network["critic"].Parameters()), create(Network["generator"].Parameters())];

    public override Tensor Loss(Tensor batch) => (Judge(batch, isReal: true) + Judge(Draw(batch.Shape[0]).Detach(), isReal: false)) * 0.5;

    public override double Step(Tensor batch, TrainingStep step)
    {
        var loss = step.Descend(Loss(batch));
        step.Descend(Judge(Draw(batch.Shape[0]), isReal: true), optimizer: 1);
        return loss;
    }

    private Tensor Draw(int count) => Network["generator"].Forward(Tensor.Randn([count, 4], generator: Random));

    private Tensor Judge(Tensor x, bool isReal) =>
        Losses.BinaryCrossEntropyWithLogits(Network["critic"].Forward(x), Tensor.Full([x.Shape[0], 1], isReal ? 1 : 0));
}

internal sealed record Pair(Tensor Better, Tensor Worse);

internal sealed class Ranking(Sequential score) : LearningTask<Pair, Sequential>(score)
{
    public override Tensor Loss(Pair batch) => (1 - Network.Forward(batch.Better) + Network.Forward(batch.Worse)).Relu().Mean();

    public override IReadOnlyList<Metric> CreateMetrics() => [new InOrder()];

    public override void Observe(Pair batch, IReadOnlyList<Metric> metrics) =>
        metrics[0].Add(Network.Forward(batch.Better), Network.Forward(batch.Worse));

    private sealed class InOrder : MeanMetric
    {
        protected override Tensor Terms(Tensor predictions, Tensor targets) => predictions > targets;
    }
}

internal sealed record Two(Tensor Input, Tensor Kind, Tensor Size);

internal sealed class TwoHeads(ModuleDict<Sequential> network) : LearningTask<Two, ModuleDict<Sequential>>(network)
{
    public override Tensor Loss(Two batch)
    {
        var (kind, size) = Predict(batch);
        return Losses.CrossEntropy(kind, batch.Kind) + Losses.MeanSquaredError(size, batch.Size);
    }

    public override IReadOnlyList<Metric> CreateMetrics() => [new Accuracy(), new MeanSquaredError()];

    public override void Observe(Two batch, IReadOnlyList<Metric> metrics)
    {
        var (kind, size) = Predict(batch);
        metrics[0].Add(kind, batch.Kind);
        metrics[1].Add(size, batch.Size);
    }

    private (Tensor Kind, Tensor Size) Predict(Two batch)
    {
        var trunk = Network["trunk"].Forward(batch.Input).Relu();
        return (Network["kind"].Forward(trunk), Network["size"].Forward(trunk));
    }
}

/// <summary>Sounds [samples, steps, width], and the labels that were said, at some time.</summary>
internal sealed record Utterance(Tensor Sounds, Tensor Labels)
{
    private const int Steps = 12, Said = 3;

    /// <summary>Three labels of 1 … 3 for each number, each heard for one to three steps after silence.</summary>
    public static Utterance Of(int[] rows)
    {
        var (sounds, labels) = (new float[rows.Length * Steps * 4], new int[rows.Length * Said]);
        for (var sample = 0; sample < rows.Length; sample++)
        {
            var heard = new int[Steps];
            for (var (said, step) = (0, 0); said < Said; said++)
            {
                var label = labels[(sample * Said) + said] = 1 + (rows[sample] / (int)Math.Pow(3, said) % 3);
                step += 1 + (rows[sample] % 2);
                for (var length = 1 + ((rows[sample] + said) % 2); length > 0; length--) heard[step++] = label;
            }

            for (var step = 0; step < Steps; step++) sounds[(((sample * Steps) + step) * 4) + heard[step]] = 1;
        }

        return new(Tensor.From(sounds, [rows.Length, Steps, 4]), Tensor.From(labels, [rows.Length, Said]));
    }
}

/// <summary>Labels of a sequence by CTC: nobody says when each of them was heard.</summary>
internal sealed class Transcription(Sequential network) : LearningTask<Utterance, Sequential>(network)
{
    public override Tensor Loss(Utterance batch)
    {
        var (samples, steps) = (batch.Sounds.Shape[0], batch.Sounds.Shape[1]);
        var probabilities = Network.Forward(batch.Sounds).LogSoftmax(-1).Transpose(0, 1);
        int[] heard = [.. Enumerable.Repeat(steps, samples)], said = [.. Enumerable.Repeat(batch.Labels.Shape[1], samples)];
        return Losses.Ctc(probabilities, batch.Labels, heard, said);
    }
}

/// <summary>Keeps the first number that each step drew.</summary>
internal sealed class Noisy(Linear network) : LearningTask<Tensor, Linear>(network)
{
    public List<double> Drawn { get; } = [];

    public override Tensor Loss(Tensor batch)
    {
        var noise = Tensor.Randn([batch.Shape[0], 1], generator: Random);
        Drawn.Add(noise.Select(0, 0).Item());
        return Network.Forward(noise).Square().Mean();
    }
}
