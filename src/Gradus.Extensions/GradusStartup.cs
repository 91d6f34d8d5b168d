using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gradus.Extensions;

/// <summary>Opens the models when the app starts: a file that is missing ends it then, and not the first request.</summary>
internal sealed class GradusStartup(IServiceProvider provider) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var name in provider.GetRequiredService<GradusModelNames>().All) provider.GetRequiredKeyedService<GradusModel>(name);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
