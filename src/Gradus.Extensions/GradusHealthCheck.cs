using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gradus.Extensions;

/// <summary>Tells which version of a model predicts, and whether a newer file waits that cannot be loaded.</summary>
internal sealed class GradusHealthCheck(GradusModel model) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var version = model.Version;
        var data = new Dictionary<string, object>
        {
            ["model"] = version.Predictor.Model.Record.Model,
            ["file"] = model.Path,
            ["sha256"] = version.Hash,
            ["loaded"] = version.Loaded.ToString("O", CultureInfo.InvariantCulture),
        };
        return Task.FromResult(model.Failure is { } failure
            ? HealthCheckResult.Degraded($"The newest file is not loaded: {failure}", data: data)
            : HealthCheckResult.Healthy(version.Predictor.ToString(), data));
    }
}
