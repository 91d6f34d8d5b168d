namespace Gradus.Nn;

/// <summary>The hooks of one module, in the order in which they were registered.</summary>
/// <remarks>The arrays are replaced, never changed, so that a call under way goes on with those it began with.</remarks>
internal sealed class ModuleHooks<TIn, TOut>
{
    private readonly Lock _lock = new();

    public Func<TIn, TIn?>[] Before { get; private set; } = [];

    public Func<TIn, TOut, TOut?>[] After { get; private set; } = [];

    public Func<Tensor?, Tensor, Tensor?>[] Backward { get; private set; } = [];

    public bool IsEmpty => Before.Length + After.Length + Backward.Length == 0;

    public IDisposable Add(Func<TIn, TIn?> hook)
    {
        lock (_lock) Before = [.. Before, hook];
        return new HookRegistration(() =>
        {
            lock (_lock) Before = [.. Before.Where(other => other != hook)];
        });
    }

    public IDisposable Add(Func<TIn, TOut, TOut?> hook)
    {
        lock (_lock) After = [.. After, hook];
        return new HookRegistration(() =>
        {
            lock (_lock) After = [.. After.Where(other => other != hook)];
        });
    }

    public IDisposable Add(Func<Tensor?, Tensor, Tensor?> hook)
    {
        lock (_lock) Backward = [.. Backward, hook];
        return new HookRegistration(() =>
        {
            lock (_lock) Backward = [.. Backward.Where(other => other != hook)];
        });
    }

    /// <summary>Calls the hooks around an evaluation. All of it lies outside the scopes of layers: a hook may keep what it sees.</summary>
    public TOut Around(TIn input, Func<TIn, TOut> evaluate)
    {
        using var outside = TensorScope.OutsideLayers();
        // The input may belong to the layer around this one, which frees it: the hooks see a handle of their own.
        if (input is Tensor given) input = (TIn)(object)Ops.Identity.Apply(given, default);
        foreach (var hook in Before) input = hook(input) ?? input;
        if (Backward.Length > 0 && input is Tensor { Node: not null } entry) input = (TIn)(object)Ops.Identity.Apply(entry, default);
        var output = evaluate(input);
        foreach (var hook in After) output = hook(input, output) ?? output;
        if (Backward.Length > 0 && output is Tensor { Node: not null } exit) output = (TOut)(object)Watch(input as Tensor, Ops.Identity.Apply(exit, default));
        return output;
    }

    /// <summary>Calls the backward hooks when the gradients of both input and output are known.</summary>
    private Tensor Watch(Tensor? input, Tensor output)
    {
        var hooks = Backward;
        if (input?.Node is null)
        {
            output.RegisterHook(gradient =>
            {
                foreach (var hook in hooks) hook(null, gradient);
                return null;
            });
            return output;
        }

        Tensor? arrived = null;
        output.RegisterHook(gradient =>
        {
            arrived = gradient;
            return null;
        });
        input.RegisterHook(gradient =>
        {
            if (arrived is null) return null;
            foreach (var hook in hooks) gradient = hook(gradient, arrived) ?? gradient;
            arrived = null;
            return gradient;
        });
        return output;
    }
}
