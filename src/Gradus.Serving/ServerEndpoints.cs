using System.Text;
using Gradus.Extensions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gradus.Serving;

/// <summary>What is answered of all models together.</summary>
internal sealed class ServerEndpoints(IServiceProvider services, ServerOptions options, MetricsText metrics)
{
    private IEnumerable<GradusModel> Models => options.Models.Select(served => services.GetRequiredKeyedService<GradusModel>(served.Name));

    public void AddTo(Router router)
    {
        router.Add(HttpMethods.Get, "/models", ListModels);
        router.Add(HttpMethods.Get, "/openapi.json", context => JsonReply.Write(context, OpenApiDocument.Of([.. Models]), "application/json"));
        router.Add(HttpMethods.Get, "/health", CheckHealth);
        router.Add(HttpMethods.Get, "/metrics", context =>
            JsonReply.Write(context, Encoding.UTF8.GetBytes(metrics.ToString()), "text/plain; version=0.0.4; charset=utf-8"));
    }

    private Task ListModels(HttpContext context) => JsonReply.Write(context, json =>
    {
        json.WriteStartArray("models");
        foreach (var model in Models)
        {
            json.WriteStartObject();
            ModelDescription.Write(json, model, options);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private async Task CheckHealth(HttpContext context)
    {
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(context.RequestAborted).ConfigureAwait(false);
        var status = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await JsonReply.Write(context, json =>
        {
            json.WriteString("status", WordOf(report.Status));
            json.WriteStartObject("models");
            foreach (var (name, entry) in report.Entries)
            {
                json.WriteStartObject(name["gradus:".Length..]);
                json.WriteString("status", WordOf(entry.Status));
                if (entry.Description is { } description) json.WriteString("description", description);
                foreach (var (key, value) in entry.Data) json.WriteString(key, value.ToString());
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }, status).ConfigureAwait(false);
    }

    private static string WordOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
