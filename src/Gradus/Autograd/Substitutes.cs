namespace Gradus;

/// <summary>Tensors that stand for a network's parameters on this thread, as in a functional call.</summary>
/// <remarks>It is kept here, below the networks, so that a checkpoint's function finds them again when it is evaluated a second time.</remarks>
internal static class Substitutes
{
    [ThreadStatic]
    private static Dictionary<object, Tensor>? t_current;

    /// <summary>What stands for what now; null for nothing.</summary>
    public static Dictionary<object, Tensor>? Current => t_current;

    /// <summary>Puts others in place, and returns those that were there before.</summary>
    public static Dictionary<object, Tensor>? Exchange(Dictionary<object, Tensor>? substitutes)
    {
        var before = t_current;
        t_current = substitutes;
        return before;
    }
}
