using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Runs;

/// <summary>A run in the background, for an app.</summary>
public sealed class FitTests
{
    [Fact]
    public async Task A_run_in_the_background_ends_with_the_bits_of_one_in_front()
    {
        // given
        var (front, frontNetwork) = Trainer();
        var (back, backNetwork) = Trainer();
        var told = new List<TrainingEvent>();

        // when
        var expected = front.Fit();
        var done = await back.FitAsync(new Told(told.Add), cancellation: TestContext.Current.CancellationToken);

        // then
        Assert.Equal((expected! with { Seconds = 0 }).ToString(), (done! with { Seconds = 0 }).ToString());
        Assert.Equal(Numbers(frontNetwork), Numbers(backNetwork));
        Assert.Equal(2 + 12 + 4, told.Count);
        Assert.Same(done, told[^1]);
    }

    [Fact]
    public async Task A_canceled_run_gives_nothing_and_says_so()
    {
        // given
        var (trainer, _) = Trainer();
        using var stop = new CancellationTokenSource();
        var told = new List<TrainingEvent>();

        // when
        var done = await trainer.FitAsync(new Told(happened =>
        {
            told.Add(happened);
            if (happened is StepDone { Step: 5 }) stop.Cancel();
        }), cancellation: stop.Token);

        // then
        Assert.Null(done);
        Assert.Equal(5, Assert.IsType<TrainingInterrupted>(told[^1]).Step);
    }

    [Fact]
    public async Task A_paused_run_stands_still_until_it_goes_on()
    {
        // given
        var (trainer, network) = Trainer();
        var control = new TrainingControl();
        var step = 0L;
        Task? standstill = null;
        var run = trainer.FitAsync(new Told(happened =>
        {
            if (happened is StepDone done) Volatile.Write(ref step, done.Step);
            if (happened is StepDone { Step: 4 }) Volatile.Write(ref standstill, control.Pause());
        }), control, TestContext.Current.CancellationToken);

        // when
        while (Volatile.Read(ref standstill) is null) await Task.Yield();
        await standstill!;
        var (isPaused, stoodAt, isOver) = (control.IsPaused, Volatile.Read(ref step), run.IsCompleted);
        var weights = Numbers(network);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        var after = Numbers(network);
        control.Resume();
        var result = await run;

        // then
        Assert.Equal((true, 4L, false), (isPaused, stoodAt, isOver));
        Assert.Equal(weights, after);
        Assert.False(control.IsPaused);
        Assert.NotNull(result);
        var (whole, same) = Trainer();
        whole.Fit();
        Assert.Equal(Numbers(same), Numbers(network));
    }

    [Fact]
    public async Task A_run_that_stands_still_can_be_canceled()
    {
        // given
        var (trainer, _) = Trainer();
        var control = new TrainingControl();
        using var stop = new CancellationTokenSource();
        var standstill = control.Pause();
        var run = trainer.FitAsync(control: control, cancellation: stop.Token);

        // when
        await standstill;
        await stop.CancelAsync();

        // then
        Assert.Null(await run);
    }

    [Fact]
    public async Task Whoever_waits_for_a_standstill_is_told_when_the_run_ends_instead()
    {
        // given
        var (trainer, _) = Trainer();
        var control = new TrainingControl();
        Task? standstill = null;
        var run = trainer.FitAsync(new Told(happened =>
        {
            if (happened is not StepDone { Step: 2 }) return;
            standstill = control.Pause();
            throw new InvalidOperationException("as asked");
        }), control, TestContext.Current.CancellationToken);

        // when
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => run);

        // then: also where the question comes after the end
        Assert.Equal("as asked", exception.Message);
        await standstill!;
        await control.Pause();
        control.Resume();
        await control.Pause();
    }

    [Fact]
    public async Task A_recorded_run_is_followed_in_the_background()
    {
        // given
        using var folder = new TemporaryFolder();
        using var run = RunFolder.Create(folder["run"], "{}");
        var (trainer, _) = Trainer();

        // when
        var done = await run.Record(trainer).FollowAsync(cancellation: TestContext.Current.CancellationToken);

        // then
        Assert.NotNull(done);
        run.Dispose();
        Assert.Equal(12, File.ReadLines(folder["run/events.jsonl"]).Count(static line => line.Contains("\"step\",", StringComparison.Ordinal)));
    }

    private static (Trainer Trainer, Module<Tensor, Tensor> Network) Trainer()
    {
        var network = new Sequential(new Linear(2, 8), new Tanh(), new Dropout(0.2), new Linear(8, 2));
        return (new Trainer(network, Points.Moons(new PointOptions { Count = 100 }), new() { Epochs = 4, BatchSize = 32 }), network);
    }

    private static float[] Numbers(Module network) => [.. network.State().SelectMany(static entry => entry.Value.ToArray<float>())];

    /// <summary>Tells at once, on the thread of the run.</summary>
    private sealed class Told(Action<TrainingEvent> tell) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => tell(value);
    }
}
