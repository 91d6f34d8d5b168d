using System.Runtime.CompilerServices;
using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Runs;

/// <summary>Batches that are read ahead of the steps.</summary>
public sealed class PrefetchTests
{
    private static readonly DataSplit Data = Digits.Generate(new DigitOptions { TrainCount = 150, ValidationCount = 30, TestCount = 20 });
    private static readonly AugmentationPlan Plan = AugmentationPlan.Parse(["crop:2", "rotate", "mixup"]);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    public void Any_number_of_threads_gives_the_same_bits(int threads, int parts)
    {
        // given
        var (here, hereNetwork) = Trainer(new() { Epochs = 3, BatchSize = 32, Accumulate = parts });
        var (ahead, aheadNetwork) = Trainer(new() { Epochs = 3, BatchSize = 32, Accumulate = parts, Prefetch = threads });

        // when
        var (expected, told) = (Told(here.Run()), Told(ahead.Run()));

        // then
        Assert.Equal(expected, told);
        Assert.Equal(Numbers(hereNetwork), Numbers(aheadNetwork));
        AssertNoThread();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_run_goes_on_from_any_step_on_any_number_of_threads(int parts)
    {
        // given
        var (whole, wholeNetwork) = Trainer(new() { Epochs = 3, BatchSize = 32, Accumulate = parts });
        var expected = Told(whole.Run());

        for (var cut = 2; cut < expected.Length; cut += 3)
        {
            // when
            var (broken, _) = Trainer(new() { Epochs = 3, BatchSize = 32, Accumulate = parts, Prefetch = cut % 4 });
            TrainingState state;
            using (var events = broken.Run().GetEnumerator())
            {
                for (var index = 0; index < cut; index++) events.MoveNext();
                state = Checkpointed(broken.Capture());
            }

            var (goesOn, network) = Trainer(new() { Epochs = 3, BatchSize = 32, Accumulate = parts, Prefetch = 3 - (cut % 4) });
            goesOn.Restore(state);

            // then
            Assert.Equal(expected[cut..], Told(goesOn.Run().Skip(1)));
            Assert.Equal(Numbers(wholeNetwork), Numbers(network));
        }

        AssertNoThread();
    }

    [Fact]
    public void A_run_that_is_left_leaves_no_thread()
    {
        // when
        foreach (var happened in Trainer(new() { BatchSize = 8, Prefetch = 3 }).Trainer.Run())
        {
            if (happened is not StepDone) continue;
            if (OperatingSystem.IsLinux()) Assert.True(Threads() > 0);
            break;
        }

        // then
        AssertNoThread();
    }

    [Fact]
    public void A_run_that_is_canceled_leaves_no_thread()
    {
        // given
        using var stop = new CancellationTokenSource();
        var (trainer, _) = Trainer(new() { BatchSize = 8, Prefetch = 3 });

        // when
        TrainingEvent? last = null;
        foreach (var happened in trainer.Run(stop.Token))
        {
            if (happened is StepDone { Step: 4 }) stop.Cancel();
            last = happened;
        }

        // then
        Assert.Equal(4, Assert.IsType<TrainingInterrupted>(last).Step);
        AssertNoThread();
    }

    [Fact]
    public void A_run_that_is_dropped_leaves_no_thread()
    {
        // given
        Drop();

        // when
        for (var trial = 0; trial < 10; trial++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // then
        AssertNoThread();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Drop()
        {
            var run = Trainer(new() { BatchSize = 8, Prefetch = 3 }).Trainer.Run().GetEnumerator();
            for (var moves = 0; moves < 5; moves++) Assert.True(run.MoveNext());
        }
    }

    [Fact]
    public void A_run_that_fails_leaves_no_thread()
    {
        // given
        var network = new Sequential(new Flatten(), new Linear(784, 12), new Relu(), new Linear(12, 10));
        var options = new TrainingOptions { BatchSize = 8, Prefetch = 3, LearningRate = 1e30, Schedule = ScheduleKind.Constant };
        var trainer = new Trainer(network, Data, options, samples: Plan.Of(Data.Train, seed: 0));

        // when
        Assert.Throws<TrainingException>(() => trainer.Fit());

        // then
        AssertNoThread();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    public void A_sample_that_cannot_be_read_is_told_with_its_place_after_the_steps_before_it(int threads, int parts)
    {
        // given
        var bad = new Batches(40, new() { Size = 8 }).Epoch(1).ElementAt(3).Span[5];
        var samples = SampleSources.From(Enumerable.Range(0, 40))
            .Map((number, _, epoch) => epoch == 1 && number == bad ? throw new InvalidDataException("x.png: cut off") : number)
            .Batched(static some => new Labeled(Tensor.Full([some.Count, 2], some.Sum()), Tensor.From(new int[some.Count], [some.Count])));
        var task = new Classification(new Sequential(new Linear(2, 3)));
        var trainer = new Trainer<Labeled>(task, samples, options: new() { BatchSize = 8, Accumulate = parts, Prefetch = threads });

        // when
        var steps = 0;
        var error = Assert.Throws<BatchReadException>(() =>
        {
            foreach (var happened in trainer.Run()) steps += happened is StepDone ? 1 : 0;
        });

        // then
        Assert.Equal((8, (1, 3, bad)), (steps, (error.Epoch, error.Batch, error.Sample)));
        Assert.Equal($"epoch 1, batch 3, sample {bad}: x.png: cut off", error.Message);
        AssertNoThread();
    }

    [Fact]
    public void Trials_read_their_batches_themselves_and_find_the_same()
    {
        // given
        var (here, _) = Trainer(new() { BatchSize = 32 });
        var (ahead, _) = Trainer(new() { BatchSize = 32, Prefetch = 2 });

        // then
        Assert.Equal(here.OverfitOneBatch(3), ahead.OverfitOneBatch(3));
        Assert.Equal(here.TryOut().Losses, ahead.TryOut().Losses);
        AssertNoThread();
    }

    [Fact]
    public void Steps_read_the_samples_they_are_given_and_evaluations_the_data_as_they_are()
    {
        // given: pictures without a picture
        var black = AugmentationPlan.Parse([]).Of(Data.Train, seed: 0, deviation: 1e30);
        var network = new Sequential(new Flatten(), new Linear(784, 10));

        // when
        var trainer = new Trainer(network, Data, new() { Epochs = 1, BatchSize = 32, LearningRate = 0 }, samples: black);
        var told = trainer.Run().ToList();

        // then: the loss of a step is that of the biases alone
        Assert.Equal(150, told.OfType<TrainingStarted>().Single().Samples);
        var bias = network.State().Single(static entry => entry.Key.EndsWith("bias", StringComparison.Ordinal)).Value.ToArray<float>();
        var logSum = Math.Log(bias.Sum(static logit => Math.Exp(logit)));
        var labels = Data.Train.Labels!;
        Assert.Equal(labels.Average(label => logSum - bias[label]), told.OfType<EpochDone>().Single().TrainLoss, 5);
        Assert.Equal(new Classification(network).Evaluate(Data.Validation).Loss, told.OfType<EpochDone>().Single().Validation!.Loss);
    }

    [Fact]
    public void A_number_of_threads_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Trainer(new() { Prefetch = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Trainer(new() { Prefetch = 257 }));
    }

    private static (Trainer Trainer, Module<Tensor, Tensor> Network) Trainer(TrainingOptions options)
    {
        var network = new Sequential(new Flatten(), new Linear(784, 12), new Tanh(), new Dropout(0.2), new Linear(12, 10));
        return (new Trainer(network, Data, options, samples: Plan.Of(Data.Train, (ulong)options.Seed)), network);
    }

    private static TrainingState Checkpointed(TrainingState state)
    {
        using var folder = new TemporaryFolder();
        Checkpoint.Write(folder["c.safetensors"], state);
        return Checkpoint.Read(folder["c.safetensors"]).State;
    }

    private static string[] Told(IEnumerable<TrainingEvent> events) => [.. events.Select(static happened => (happened switch
    {
        EpochDone epoch => epoch with { Seconds = 0 },
        TrainingDone done => done with { Seconds = 0 },
        _ => happened,
    }).ToString())];

    private static float[] Numbers(Module network) => [.. network.State().SelectMany(static entry => entry.Value.ToArray<float>())];

    /// <summary>That no reading thread is left. The system may hold one a moment longer than it runs.</summary>
    private static void AssertNoThread()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.True(SpinWait.SpinUntil(static () => Threads() == 0, TimeSpan.FromSeconds(30)), $"{Threads()} reading threads are left.");
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Count(static task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("Gradus reader", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
