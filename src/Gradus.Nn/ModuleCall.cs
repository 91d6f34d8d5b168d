namespace Gradus.Nn;

/// <summary>One call of a module's Forward: finds layers that nobody registered, tells errors where they happened, and frees what a layer computed on the way.</summary>
internal readonly ref struct ModuleCall
{
    private const string Placed = "gradus.module";

    [ThreadStatic]
    private static Module? t_innermost;

    private readonly Module? _caller;
    private readonly TensorScope? _scope;

    public ModuleCall(Module module)
    {
        _caller = t_innermost;
        if (_caller is not null && module.Parent is null)
        {
            throw new GradusException($"{_caller.GetType().Name}: {module.GetType().Name} is called inside it but is not registered, so it would not be trained or saved. " +
                "Assign it to a property whose setter calls Register, or hold it in a ModuleList.");
        }

        module.RefreshParametrizations();
        ModuleObserver.Current?.Enter(module);

        // A layer without parts makes little besides its result, and a scope of its own would cost more than it gives back.
        if (!module.KeepsNothing) _scope = TensorScope.OutsideLayers();
        else if (module.Children.Count > 0) _scope = TensorScope.OfLayer();

        // Last: a call that fails before it has begun is not disposed of, and must not stay the innermost.
        t_innermost = module;
    }

    /// <summary>Keeps the module's result when what else it computed is freed.</summary>
    public void Keep(Tensor result) => _scope?.Keep(result);

    public void Dispose()
    {
        _scope?.Dispose();
        t_innermost = _caller;
    }

    public static bool IsPlaced(GradusException exception) => exception.Data.Contains(Placed);

    public static GradusException Place(GradusException exception, Module module)
    {
        var path = module.Path;
        var placed = new GradusException($"{(path.Length == 0 ? module.GetType().Name : path)}: {exception.Message}", exception);
        placed.Data[Placed] = true;
        return placed;
    }
}
