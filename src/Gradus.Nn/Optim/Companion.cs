namespace Gradus.Nn;

/// <summary>A tensor that is kept beside a parameter: a state of an optimizer, an average.</summary>
internal static class Companion
{
    /// <summary>
    /// The companion in the parameter's element type, which may have changed since it was made.
    /// Half types only keep numbers: small changes would vanish in one.
    /// </summary>
    public static Tensor Follow(Tensor companion, Parameter parameter)
    {
        var type = parameter.Leaf.DType;
        if (type.IsHalf || companion.DType == type) return companion;
        using var scope = TensorScope.Suspend();
        using var mode = GradMode.Disable();
        return companion.To(type);
    }

    /// <summary>Exchanges the values of a parameter and its companion; in a parameter of a half type they are rounded.</summary>
    public static void Swap(Tensor companion, Parameter parameter)
    {
        var values = parameter.Leaf;
        if (values.DType == companion.DType)
        {
            UpdateKernels.Swap(values, companion);
            return;
        }

        using var scope = new TensorScope();
        using var mode = GradMode.Disable();
        var before = values.To(companion.DType);
        values.CopyFrom(companion);
        companion.CopyFrom(before);
    }
}
