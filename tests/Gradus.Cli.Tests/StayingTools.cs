using System.Collections.Concurrent;
using Gradus.Cli.Tests;

[assembly: AssemblyFixture(typeof(StayingTools))]

namespace Gradus.Cli.Tests;

/// <summary>The processes of the tool that wait for a command; ended after the last test.</summary>
public sealed class StayingTools : IDisposable
{
    private static readonly ConcurrentBag<StayingTool> Idle = [];

    /// <summary>One that waits; null where all are busy.</summary>
    internal static StayingTool? Take() => Idle.TryTake(out var tool) ? tool : null;

    /// <summary>Lets the tool wait for its next command, unless it has ended.</summary>
    internal static void Return(StayingTool tool)
    {
        if (tool.IsThere) Idle.Add(tool);
        else tool.Dispose();
    }

    public void Dispose()
    {
        while (Take() is { } tool) tool.Dispose();
    }
}
