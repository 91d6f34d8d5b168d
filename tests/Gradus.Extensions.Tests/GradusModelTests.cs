using System.Diagnostics.Metrics;
using Gradus.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gradus.Extensions.Tests;

public sealed class GradusModelTests : IDisposable
{
    private static readonly Dictionary<string, object?> Row = new() { ["a"] = 0.3, ["b"] = 0.7, ["color"] = "red" };

    private readonly ServedModels _models = new();
    private readonly Logged _log = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void The_only_model_is_injected_without_its_name_and_by_it()
    {
        // given
        var path = _models.WriteTableModel("prices.safetensors");

        // when
        using var provider = Services(services => services.AddGradusModel("prices", path));

        // then
        var model = provider.GetRequiredService<GradusModel>();
        Assert.Same(model, provider.GetRequiredKeyedService<GradusModel>("prices"));
        Assert.Equal(Predictor.Load(path).Predict(Row).Value, model.Predict(Row).Value);
    }

    [Fact]
    public void Of_several_models_each_is_asked_for_by_its_name()
    {
        // given
        using var provider = Services(services => services
            .AddGradusModel("one", _models.WriteTableModel("one.safetensors")).AddGradusModel("two", _models.WriteTableModel("two.safetensors", seed: 1)));

        // when
        var error = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<GradusModel>);

        // then
        Assert.Equal("There are 2 models: one, two. Ask for one by its name: [FromKeyedServices(\"one\")] GradusModel.", error.Message);
        Assert.NotEqual(
            provider.GetRequiredKeyedService<GradusModel>("one").Predict(Row).Value, provider.GetRequiredKeyedService<GradusModel>("two").Predict(Row).Value);
    }

    [Fact]
    public void Two_models_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddGradusModel("one", "a").AddGradusModel("one", "b"));

    [Fact]
    public async Task A_file_that_is_missing_ends_the_app_at_its_start()
    {
        // given
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddGradusModel(_models["none.safetensors"]);
        using var host = builder.Build();

        // when, then
        await Assert.ThrowsAsync<FileNotFoundException>(() => host.StartAsync());
    }

    [Fact]
    public async Task A_file_that_is_replaced_takes_over_while_the_app_runs()
    {
        // given
        var path = _models.WriteTableModel("model.safetensors");
        using var provider = Services(services => services.AddGradusModel("model", options =>
        {
            options.Path = path;
            options.PollInterval = TimeSpan.FromMilliseconds(20);
        }));
        var model = provider.GetRequiredService<GradusModel>();
        var (before, first) = (model.Predict(Row).Value, model.Version);
        var swapped = new TaskCompletionSource();
        model.Swapped += (_, _) => swapped.TrySetResult();

        // when
        File.Move(_models.WriteTableModel("other.safetensors", seed: 1), path, overwrite: true);
        await swapped.Task.WaitAsync(TimeSpan.FromMinutes(1));

        // then
        Assert.NotEqual(before, model.Predict(Row).Value);
        Assert.NotEqual(first.Hash, model.Version.Hash);
        Assert.Equal(before, first.Predictor.Predict(Row).Value);
    }

    [Fact]
    public async Task A_half_written_file_is_told_once_and_taken_when_it_is_whole()
    {
        // given
        var path = _models.WriteTableModel("model.safetensors");
        var whole = File.ReadAllBytes(_models.WriteTableModel("other.safetensors", seed: 1));
        using var provider = Services(services =>
        {
            services.AddGradusModel("model", options => (options.Path, options.Watch) = (path, false));
            services.AddHealthChecks().AddGradusModel("model");
        });
        var (model, health) = (provider.GetRequiredService<GradusModel>(), provider.GetRequiredService<HealthCheckService>());
        var before = model.Predict(Row).Value;
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);

        // when
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        for (var poll = 0; poll < 5; poll++) model.Poll();
        var during = (Report: await health.CheckHealthAsync(), model.Predict(Row).Value);
        File.WriteAllBytes(path, whole);
        model.Poll();

        // then
        Assert.Equal(before, during.Value);
        Assert.Equal(HealthStatus.Degraded, during.Report.Status);
        Assert.StartsWith("The newest file is not loaded: ", during.Report.Entries["gradus:model"].Description);
        Assert.Single(_log.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("the new file is not taken", StringComparison.Ordinal));
        Assert.NotEqual(before, model.Predict(Row).Value);
        var after = (await health.CheckHealthAsync()).Entries["gradus:model"];
        Assert.Equal((HealthStatus.Healthy, model.Version.Hash), (after.Status, after.Data["sha256"]));
    }

    [Fact]
    public void A_file_that_is_touched_and_not_changed_is_not_taken_again()
    {
        // given
        var path = _models.WriteTableModel("model.safetensors");
        using var provider = Services(services => services.AddGradusModel(path));
        var model = provider.GetRequiredService<GradusModel>();
        var version = model.Version;

        // when
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));

        // then
        Assert.False(model.Reload());
        Assert.Same(version, model.Version);
    }

    [Fact]
    public void What_is_predicted_is_measured()
    {
        // given
        using var provider = Services(services => services.AddGradusModel("prices", _models.WriteTableModel("model.safetensors")));
        var (model, meter) = (provider.GetRequiredService<GradusModel>(), provider.GetRequiredService<GradusMetrics>().Meter);
        var measured = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter == meter) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();

        // when
        model.Predict(Row);
        model.Predict(model.Current, [model.Current.Prepare(Row), model.Current.Prepare(Row)]);
        Assert.Throws<InvalidDataException>(() => model.Predict([1f]));

        // then
        Assert.Equal(3, measured["gradus.predictions"]);
        Assert.Equal(3, measured["gradus.prediction.batch_size"]);
        Assert.Equal(1, measured["gradus.prediction.errors"]);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Assert.Equal(new KeyValuePair<string, object?>("model", "prices"), tags[0]);
            measured[instrument.Name] = measured.GetValueOrDefault(instrument.Name) + value;
        }
    }

    private ServiceProvider Services(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_log));
        add(services);
        return services.BuildServiceProvider();
    }
}
