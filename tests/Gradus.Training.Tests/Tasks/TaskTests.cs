using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Tasks;

/// <summary>Tasks of many kinds, each a few lines over one trainer, learn what they are for.</summary>
public sealed class TaskTests
{
    private static Generator From(long seed) => new(seed, "data");

    [Fact]
    public void A_variational_autoencoder_gives_back_what_it_saw()
    {
        // given: two pictures, of which each sample is one
        var data = BatchSources.From(128, static rows => new Labeled(Tensor.Where(rows.Unsqueeze(1).Remainder(2) > 0, Stripes(0), Stripes(1)), rows));
        var network = new Vae(16, hidden: 32, code: 2);
        var task = new VariationalAutoencoder(network);

        // when
        Run(task, data, new() { Epochs = 40, BatchSize = 32, LearningRate = 0.01 });

        // then
        using var noGrad = new NoGrad();
        network.Eval();
        var batch = data.Read([0, 1], 0).Input;
        Assert.True(((network.Forward(batch).Logits > 0).To(DType.Float32) - batch).Abs().Sum().Item() == 0);
        var drawn = network.Sample(64, From(1));
        var nearest = (drawn - Stripes(0)).Square().Mean(1).Minimum((drawn - Stripes(1)).Square().Mean(1));
        Assert.True(nearest.Mean().Item() < 0.1, $"{nearest.Mean().Item()}");
    }

    [Fact]
    public void A_generator_learns_a_distribution_from_its_critic()
    {
        // given: numbers about 3
        var numbers = (Tensor.Randn([512, 1], generator: From(2)) * 0.5) + 3;
        var data = BatchSources.From(512, rows => numbers.IndexSelect(0, rows));
        var gan = new Gan(Network(("critic", [1, 16, 1]), ("generator", [4, 16, 1])));

        // when
        Run(gan, data, new()
        {
            Epochs = 60,
            Schedule = ScheduleKind.Constant,
            CustomOptimizer = static parameters => new Adam(parameters, new AdamOptions { LearningRate = 0.005, Beta1 = 0.5 }),
        });

        // then
        using var noGrad = new NoGrad();
        var drawn = gan.Network["generator"].Forward(Tensor.Randn([1000, 4], generator: From(3)));
        Assert.InRange(drawn.Mean().Item(), 2.6, 3.4);
        Assert.InRange(drawn.Std().Item(), 0.2, 0.8);
    }

    [Fact]
    public void A_ranking_net_learns_an_order_from_pairs()
    {
        // given: of two things the better has the greater x₀ − x₁
        var things = Tensor.Randn([600, 3], generator: From(4));
        Tensor Worth(Tensor x) => x[.., 0] - x[.., 1];
        var data = BatchSources.From(300, rows =>
        {
            var (first, second) = (things.IndexSelect(0, rows), things.IndexSelect(0, rows + 300));
            var isFirst = (Worth(first) > Worth(second)).Unsqueeze(1);
            return new Pair(Tensor.Where(isFirst, first, second), Tensor.Where(isFirst, second, first));
        });
        var task = new Ranking(new Sequential(new Linear(3, 16), new Tanh(), new Linear(16, 1)));

        // when
        Run(task, data, new() { Epochs = 20, BatchSize = 32, LearningRate = 0.01 });

        // then
        Assert.InRange(task.Evaluate(data).Metrics["InOrder"], 0.97, 1);
    }

    [Fact]
    public void Two_heads_learn_a_class_and_a_number_from_one_trunk()
    {
        // given
        var x = (Tensor.Rand([512, 2], generator: From(5)) * 2) - 1;
        var (labels, numbers) = ((x.Prod(1) > 0).To(DType.Int64), x.Square().Sum(1, keepDim: true));
        var data = BatchSources.From(512, rows => new Two(x.IndexSelect(0, rows), labels.IndexSelect(0, rows), numbers.IndexSelect(0, rows)));
        var task = new TwoHeads(Network(("trunk", [2, 32, 32]), ("kind", [32, 2]), ("size", [32, 1])));

        // when
        Run(task, data, new() { Epochs = 40, BatchSize = 32, LearningRate = 0.01 });

        // then
        var metrics = task.Evaluate(data).Metrics;
        Assert.InRange(metrics["Accuracy(1)"], 0.95, 1);
        Assert.InRange(metrics["MeanSquaredError"], 0, 0.02);
    }

    [Fact]
    public void A_transcriber_learns_labels_without_knowing_when_they_were_said()
    {
        // given: three labels, each heard for one to three of twelve steps
        var data = BatchSources.From(128, static rows => Utterance.Of(rows.ToArray<int>()));
        var task = new Transcription(new Sequential(new Linear(4, 32), new Tanh(), new Linear(32, 4)));

        // when
        Run(task, data, new() { Epochs = 25, BatchSize = 16, LearningRate = 0.01 });

        // then
        Assert.InRange(task.Evaluate(data).Loss, 0, 0.3);
    }

    [Fact]
    public void Embeddings_learn_which_two_views_are_of_one_sample()
    {
        // given: views that agree in two of six numbers
        var samples = Tensor.Randn([256, 2], generator: From(6));
        Tensor View(long seed) => Tensor.Concat([samples, Tensor.Randn([256, 4], generator: From(seed))], 1);
        var (first, second) = (View(7), View(8));
        var data = BatchSources.From(256, rows => new Views(first.IndexSelect(0, rows), second.IndexSelect(0, rows)));
        var task = new Contrastive(new Sequential(new Linear(6, 32), new Relu(), new Linear(32, 8)));
        var before = task.Evaluate(data, 32).Metrics["Accuracy(1)"];

        // when
        Run(task, data, new() { Epochs = 40, BatchSize = 32, LearningRate = 0.01 });

        // then
        Assert.InRange(before, 0, 0.3);
        Assert.InRange(task.Evaluate(data, 32).Metrics["Accuracy(1)"], 0.6, 1);
    }

    [Fact]
    public void A_head_is_trained_on_a_backbone_that_was_loaded_and_stays()
    {
        // given: a backbone that has learned moons, and other data of the same kind
        var (moons, turned) = (Points.Moons(new PointOptions { Count = 300 }), Points.Moons(new PointOptions { Count = 60, Seed = 5 }));
        static Sequential Backbone() => new(new Linear(2, 32), new Relu(), new Linear(32, 16), new Relu());
        var trained = new Sequential(Backbone(), new Linear(16, 2));
        Run(new Classification(trained), moons.Train, new() { Epochs = 40, LearningRate = 0.01 });
        var tuned = new Sequential(Backbone(), new Linear(16, 2));
        tuned.LoadPartialState(trained.State().Where(static entry => entry.Key.StartsWith("0.", StringComparison.Ordinal)).ToDictionary());
        var backbone = Numbers(tuned, "0.");

        // when
        Run(new Classification(tuned), turned.Train, new() { Epochs = 20, LearningRate = 0.02, Freeze = ["0.*"] });

        // then
        Assert.Equal(backbone, Numbers(tuned, "0."));
        Assert.NotEqual(Numbers(trained, "1."), Numbers(tuned, "1."));
        Assert.InRange(Evaluation.Of(tuned, turned.Train).Accuracy!.Value, 0.97, 1);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Statistics_of_a_frozen_part_stay_where_it_is_in_use(bool isInUse)
    {
        // given
        var backbone = new Sequential(new Linear(2, 8), new BatchNorm1d(8), new Relu());
        var network = new Sequential(backbone, new Linear(8, 2));
        network.Initialize(1);
        if (isInUse) backbone.Eval();
        var before = Numbers(network, "0.");

        // when
        Run(new Classification(network), Points.Moons(new PointOptions { Count = 100 }).Train, new() { Epochs = 2, Freeze = ["0.*"] });

        // then
        Assert.Equal(isInUse, before.AsSpan().SequenceEqual(Numbers(network, "0.")));
    }

    [Fact]
    public void What_a_task_draws_follows_from_the_seed_and_the_step()
    {
        // given
        var data = BatchSources.From(8, static rows => rows);
        var options = new TrainingOptions { Epochs = 2, BatchSize = 4 };
        static Noisy Task() => new(new Linear(1, 1));

        // when: in one go, and taken up after the third step, with an evaluation before
        var whole = Task();
        Run(whole, data, options);
        var broken = new Trainer<Tensor>(Task(), data, null, options);
        _ = broken.Run().First(static happened => happened is StepDone { Step: 3 });
        var rest = Task();
        _ = rest.Evaluate(data);
        _ = rest.Evaluate(data);
        var evaluated = rest.Drawn.ToArray();
        rest.Drawn.Clear();
        var trainer = new Trainer<Tensor>(rest, data, null, options);
        trainer.Restore(broken.Capture());
        _ = trainer.Run().Count();

        // then
        Assert.Equal(4, whole.Drawn.Distinct().Count());
        Assert.Equal(whole.Drawn[3..], rest.Drawn);
        Assert.Equal(evaluated[0], evaluated[1]);
    }

    [Fact]
    public void Sizes_that_the_layers_leave_open_are_learned_from_the_first_sample()
    {
        // given
        var moons = Points.Moons(new PointOptions { Count = 100 });
        var open = new Sequential(new Linear(8), new BatchNorm1d(), new Relu(), new Linear(2));
        var written = new Sequential(new Linear(2, 8), new BatchNorm1d(8), new Relu(), new Linear(8, 2));

        // when
        foreach (var network in new[] { open, written }) Run(new Classification(network), moons.Train, new() { Epochs = 2, Seed = 7 });

        // then
        Assert.Equal(Numbers(written, ""), Numbers(open, ""));
    }

    private static void Run<TBatch>(LearningTask<TBatch> task, IBatchSource<TBatch> data, TrainingOptions options) =>
        _ = new Trainer<TBatch>(task, data, null, options).Run().Count();

    private static float[] Numbers(Module network, string prefix) =>
        [.. network.State().Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).SelectMany(static entry => entry.Value.ToArray<float>())];

    /// <summary>4 × 4 pixels of stripes, lying or standing.</summary>
    private static Tensor Stripes(int axis) =>
        Tensor.From([.. Enumerable.Range(0, 16).Select(pixel => axis == 0 ? pixel / 4 % 2 : (float)(pixel % 2))], [1, 16]);

    private static ModuleDict<Sequential> Network(params ReadOnlySpan<(string Name, int[] Sizes)> parts)
    {
        var network = new ModuleDict<Sequential>();
        foreach (var (name, sizes) in parts)
        {
            var part = new Sequential();
            for (var layer = 1; layer < sizes.Length; layer++)
            {
                if (layer > 1) part.Add(new Relu());
                part.Add(new Linear(sizes[layer - 1], sizes[layer]));
            }

            network.Add(name, part);
        }

        return network;
    }
}
