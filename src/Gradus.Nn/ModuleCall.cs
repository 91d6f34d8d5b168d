using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// One call of a module's Forward: finds layers that nobody registered, tells errors where they happened, and frees what a layer computed on the way.
/// </summary>
internal readonly ref struct ModuleCall
{
    private const string Placed = "gradus.module";

    [ThreadStatic]
    private static Module? t_innermost;

    private readonly Module? _caller;
    private readonly TensorScope? _scope;
    private readonly GraphRecording? _recording;

    public ModuleCall(Module module)
    {
        _caller = t_innermost;
        if (_caller is not null && module.Parent is null) RequireKnown(_caller, module);

        module.RefreshParametrizations();
        ModuleObserver.Current?.Enter(module);

        // A layer without parts makes little besides its result, and a scope of its own would cost more than it gives back.
        if (!module.KeepsNothing) _scope = TensorScope.OutsideLayers();
        else if (module.Children.Count > 0) _scope = TensorScope.OfLayer();

        _recording = GraphRecording.Current;

        // Last: a call that fails before it has begun is not disposed of, and must not stay the innermost.
        t_innermost = module;
    }

    /// <summary>The module whose Compute is under way on this thread, or null.</summary>
    public static Module? Innermost => t_innermost;

    /// <summary>Tells a drawing of the graph, if one is wanted, what the module is given.</summary>
    public void Record<T>(T input)
    {
        if (_recording is not null) _recording.Enter(t_innermost!.Path, t_innermost.Headline, TensorsOf.All(input));
    }

    /// <summary>Keeps the module's result, a tensor or a tuple of some, when what else it computed is freed.</summary>
    public void Keep<T>(T result)
    {
        if (_scope is null) return;
        if (result is Tensor tensor) _scope.Keep(tensor);
        if (result is not ITuple parts) return;
        for (var index = 0; index < parts.Length; index++) Keep(parts[index]);
    }

    public void Dispose()
    {
        _scope?.Dispose();
        if (_recording is not null) EndRecord(_recording, t_innermost!);
        t_innermost = _caller;
    }

    /// <summary>
    /// Refuses a module that the network around it does not know of, unless there is nothing in it to train:
    /// it is the network itself, or a teacher that is frozen.
    /// </summary>
    private static void RequireKnown(Module caller, Module module)
    {
        if (ReferenceEquals(caller.Root, module)) return;
        if (module.Parameters().Any() && module.Parameters().All(static parameter => parameter.IsFrozen)) return;
        throw new GradusException(
            $"{caller.GetType().Name}: {module.GetType().Name} is called inside it but is not registered, so it would not be trained or saved. " +
            "Assign it to a property whose setter calls Register, or hold it in a ModuleList.");
    }

    /// <summary>Names the module's parameters in the graph by their paths; sizes that were left out are known by now.</summary>
    private static void EndRecord(GraphRecording recording, Module module)
    {
        foreach (var (name, parameter) in module.OwnNamedParameters())
        {
            if (!parameter.HasValue || parameter.Value.Node is not { IsLeaf: true } leaf) continue;
            leaf.Name ??= name;
            leaf.Extras.IsParameter = true;
        }

        recording.Leave(module.Headline);
    }

    public static bool IsPlaced(GradusException exception) => exception.Data.Contains(Placed);

    public static GradusException Place(GradusException exception, Module module)
    {
        var place = $"{(module.Path is { Length: > 0 } path ? path : module.GetType().Name)}: ";
        // A message that a module wrote of itself may say already where it comes from.
        var message = exception.Message.StartsWith(place, StringComparison.Ordinal) ? exception.Message : place + exception.Message;
        var placed = new GradusException(message, exception);
        placed.Data[Placed] = true;
        return placed;
    }
}
