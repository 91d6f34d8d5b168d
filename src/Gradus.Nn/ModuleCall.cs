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

        if (!module.IsFreedAtOnce) _scope = TensorScope.OutsideLayers();
        else if (module.IsWorthAScope) _scope = TensorScope.OfLayer();

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
    /// <exception cref="GradusException">It is a result whose tensors cannot be told.</exception>
    public void Keep<T>(T result)
    {
        if (_scope is null) return;
        if (result is Tensor tensor)
        {
            _scope.Keep(tensor);
            return;
        }

        // Outside of the scopes of layers all is kept.
        if (result is not (ITuple or IReadOnlyCollection<Tensor>) && t_innermost!.IsFreedAtOnce) throw Untold(typeof(T));
        foreach (var part in TensorsOf.All(result)) _scope.Keep(part);
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

    private static GradusException Untold(Type type) =>
        new($"KeepsNothing is promised, but the result is a {type.Name}, whose tensors are not known and would be freed. " +
            "Return a tensor, or a tuple or list of tensors, or do not override KeepsNothing.");

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
