using Gradus.Data;
using Gradus.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gradus.Extensions.Tests;

public sealed class GradusTrainingTests : IDisposable
{
    private readonly ServedModels _models = new();
    private readonly Logged _log = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task A_model_that_is_better_on_rows_that_were_held_out_takes_over()
    {
        // given
        using var provider = Services(options => options.Data = $"csv:{_models["table.csv"]}");
        var (model, training) = (provider.GetRequiredService<GradusModel>(), TrainingOf(provider));
        var before = model.Version;

        // when
        var hasReplaced = await training.Turn(CancellationToken.None);
        var again = await training.Turn(CancellationToken.None);

        // then
        Assert.True(hasReplaced);
        Assert.False(again, "the rows are the same");
        Assert.NotEqual(before.Hash, model.Version.Hash);
        Assert.True(ErrorOf(model) < ErrorOf(before.Predictor.Model));
        Assert.NotNull(model.Current.Model.Record.Calibration);
        Assert.Contains(_log.Lines, static line => line.Text.Contains("its file is replaced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_that_is_worse_is_not_taken()
    {
        // given: steps so large that nothing is learnt
        using var provider = Services(options =>
        {
            options.Data = $"csv:{_models["table.csv"]}";
            options.Training = new TrainingOptions { Epochs = 1, LearningRate = 100, Optimizer = OptimizerKind.Adam };
        });
        var (model, training) = (provider.GetRequiredService<GradusModel>(), TrainingOf(provider));
        var before = model.Version;

        // when
        var hasReplaced = await training.Turn(CancellationToken.None);

        // then
        Assert.False(hasReplaced);
        Assert.Same(before, model.Version);
        Assert.False(model.Reload());
        Assert.Contains(_log.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("is not taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_of_the_app_are_learnt_and_rows_that_do_not_fit_are_told()
    {
        // given
        Table? rows = Table.From(Enumerable.Range(0, 60).Select(static index => index / 60.0))
            .Column("a", static x => x).Column("b", static x => 1 - x).Column("color", static x => x < 0.5 ? "red" : "blue")
            .Target("target", static x => x).ToTable();
        using var provider = Services(options =>
        {
            options.Rows = _ => Task.FromResult<Table?>(rows);
            options.Tolerance = 100;
        });
        var training = TrainingOf(provider);

        // when
        var hasReplaced = await training.Turn(CancellationToken.None);
        rows = null;
        var without = await training.Turn(CancellationToken.None);
        rows = Table.From([1.0, 2.0]).Column("x", static x => x).Target("y", static x => x).ToTable();
        var wrong = await training.Turn(CancellationToken.None);

        // then
        Assert.Equal((true, false, false), (hasReplaced, without, wrong));
        Assert.Single(_log.Lines, static line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task An_app_that_ends_ends_its_training()
    {
        // given: a training without end
        var path = _models.WriteTableModel("model.safetensors");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(_log);
        builder.Services.AddGradusModel("model", path).AddGradusTraining("model", options =>
        {
            options.Data = $"csv:{_models["table.csv"]}";
            options.Interval = TimeSpan.FromMilliseconds(1);
            options.Training = new TrainingOptions { Epochs = 1_000_000 };
        });
        using var host = builder.Build();
        var before = File.ReadAllBytes(path);
        await host.StartAsync();
        while (!_log.Lines.Any(static line => line.Text.Contains("training on", StringComparison.Ordinal))) await Task.Delay(10);

        // when
        await host.StopAsync();

        // then
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.DoesNotContain(_log.Lines, static line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        // given
        using var provider = Services(static _ => { });

        // when
        var error = Assert.Throws<ArgumentException>(() => TrainingOf(provider));

        // then
        Assert.Equal("The training of the model 'model' says where rows come from by either Data or Rows.", error.Message);
    }

    private static GradusTrainingService TrainingOf(ServiceProvider provider) =>
        provider.GetServices<IHostedService>().OfType<GradusTrainingService>().Single();

    private double ErrorOf(GradusModel model) => ErrorOf(model.Current.Model);

    private double ErrorOf(TrainedModel model)
    {
        var rows = model.LoadSplit(DataSource.Parse($"csv:{_models["table.csv"]}", directory: null)).Test;
        return Evaluation.Of(model.Network, rows, model.TargetDeviation).RootMeanSquaredError!.Value;
    }

    private ServiceProvider Services(Action<GradusTrainingOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_log));
        services.AddGradusModel("model", options => (options.Path, options.Watch) = (_models.WriteTableModel("model.safetensors"), false));
        services.AddGradusTraining("model", configure);
        return services.BuildServiceProvider();
    }
}
