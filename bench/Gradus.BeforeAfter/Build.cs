using System.Collections;
using System.Reflection;
using System.Runtime.Loader;

namespace Gradus.BeforeAfter;

/// <summary>One build of Gradus with the workloads of its <c>gradus bench</c>, loaded apart from the other.</summary>
internal sealed class Build
{
    private readonly Dictionary<string, Func<Action>> _workloads = [];

    /// <summary>Loads a build.</summary>
    /// <param name="folder">Where its assemblies are: <c>artifacts/bin/Gradus.Cli/release</c>.</param>
    public Build(string folder)
    {
        folder = Path.GetFullPath(folder);
        var context = new AssemblyLoadContext(folder);
        context.Resolving += (_, name) =>
            Path.Combine(folder, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        var all = context.LoadFromAssemblyPath(Path.Combine(folder, "Gradus.Cli.dll")).GetType("Gradus.Cli.Bench.Workloads", throwOnError: true)!
            .GetProperty("All", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!;
        foreach (var workload in (IEnumerable)all)
        {
            var type = workload.GetType();
            _workloads.Add((string)type.GetProperty("Name")!.GetValue(workload)!, (Func<Action>)type.GetProperty("Prepare")!.GetValue(workload)!);
        }
    }

    /// <summary>The workloads, in the order of <c>gradus bench</c>.</summary>
    public IEnumerable<string> Names => _workloads.Keys;

    /// <summary>Makes the data of a workload and gives what one run is.</summary>
    public Action Prepare(string name) => _workloads[name]();
}
