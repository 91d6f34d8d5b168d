using Gradus.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds models of Gradus to an app's health checks.</summary>
public static class GradusHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds the check of a model: healthy, with the version that predicts; degraded where its newest file could not be loaded, so that the version before
    /// predicts still.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The model's name. Default: that of a model that was added without one.</param>
    /// <param name="tags">Tags of the check. Default: none.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddGradusModel(
        this IHealthChecksBuilder builder, string name = GradusModelOptions.DefaultName, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return builder.Add(new HealthCheckRegistration(
            $"gradus:{name}", provider => new GradusHealthCheck(provider.GetRequiredKeyedService<GradusModel>(name)), failureStatus: null, tags));
    }
}
