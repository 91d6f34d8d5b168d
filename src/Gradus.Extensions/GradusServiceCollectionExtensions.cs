using Gradus.Extensions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds models of Gradus to an app.</summary>
public static class GradusServiceCollectionExtensions
{
    /// <summary>Adds a model, to be injected as <see cref="GradusModel"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The file of the model.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddGradusModel(this IServiceCollection services, string path) =>
        services.AddGradusModel(GradusModelOptions.DefaultName, path);

    /// <summary>
    /// Adds a model, to be injected as <c>[FromKeyedServices("prices")] GradusModel</c>, and where it is the only one as <see cref="GradusModel"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Its name.</param>
    /// <param name="path">The file of the model.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">There is a model of this name.</exception>
    public static IServiceCollection AddGradusModel(this IServiceCollection services, string name, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.AddGradusModel(name, options => options.Path = path);
    }

    /// <summary>Adds a model with options.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Sets the options, at least <see cref="GradusModelOptions.Path"/>.</param>
    /// <inheritdoc cref="AddGradusModel(IServiceCollection, string, string)"/>
    public static IServiceCollection AddGradusModel(this IServiceCollection services, string name, Action<GradusModelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        NamesOf(services).Add(name);
        services.AddOptions<GradusModelOptions>(name).Configure(configure);
        services.AddKeyedSingleton(name, static (provider, key) => Open(provider, (string)key!));
        return services;
    }

    /// <summary>
    /// Trains a model anew in the background, from its own weights on new rows, and replaces its file where it is no worse on rows that it did not learn:
    /// see <see cref="GradusTrainingOptions"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of a model that is added too.</param>
    /// <param name="configure">Sets the options, at least where rows come from.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddGradusTraining(this IServiceCollection services, string name, Action<GradusTrainingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<GradusTrainingOptions>(name).Configure(configure);
        services.AddSingleton<IHostedService>(provider => new GradusTrainingService(
            provider.GetRequiredKeyedService<GradusModel>(name), provider.GetRequiredService<IOptionsMonitor<GradusTrainingOptions>>().Get(name),
            LogOf<GradusTrainingService>(provider), ClockOf(provider)));
        return services;
    }

    private static GradusModelNames NamesOf(IServiceCollection services)
    {
        if (services.FirstOrDefault(static service => service.ServiceType == typeof(GradusModelNames)) is { } known)
            return (GradusModelNames)known.ImplementationInstance!;
        var names = new GradusModelNames();
        services.AddSingleton(names);
        services.TryAddSingleton<GradusMetrics>();
        services.AddSingleton(static provider =>
            provider.GetRequiredKeyedService<GradusModel>(provider.GetRequiredService<GradusModelNames>().Single()));
        services.AddSingleton<IHostedService>(static provider => new GradusStartup(provider));
        return names;
    }

    private static GradusModel Open(IServiceProvider provider, string name) => new(
        name, provider.GetRequiredService<IOptionsMonitor<GradusModelOptions>>().Get(name), provider.GetRequiredService<GradusMetrics>(),
        LogOf<GradusModel>(provider), ClockOf(provider));

    private static ILogger LogOf<T>(IServiceProvider provider) => provider.GetService<ILoggerFactory>()?.CreateLogger<T>() ?? (ILogger)NullLogger.Instance;

    private static TimeProvider ClockOf(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;
}
