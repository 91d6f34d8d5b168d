namespace Gradus;

/// <summary>The arguments of the operators by name, without reflection.</summary>
internal static class ArgumentNames
{
    public static IReadOnlyList<(string Name, object Value)> Of(object? arguments) => arguments switch
    {
        null => [],
        Axes a => [("axes", Enumerable.Range(0, Shape.MaxRank).Where(a.Has).ToArray()), ("keepDim", a.KeepDim)],
        AxisArgs a => [("axis", a.Axis), ("keepDim", a.KeepDim)],
        ScanArgs a => [("axis", a.Axis), ("isReversed", a.IsReversed)],
        SelectArgs a => [("axis", a.Axis), ("index", a.Index)],
        SliceArgs a => [("axis", a.Axis), ("start", a.Start), ("length", a.Length), ("step", a.Step)],
        EmbedArgs a => [.. Of(a.Slice), ("shape", a.Shape)],
        PermuteArgs a => [("order", a.Order)],
        ScatterArgs a => [("axis", a.Axis), ("shape", a.Shape)],
        CombineArgs a => [("axis", a.Axis), ("reduction", a.Reduction), ("includeSelf", a.IncludeSelf)],
        TriangularArgs a => [("upper", a.Upper), ("unitDiagonal", a.UnitDiagonal)],
        ClampArgs a => [("min", a.Min), ("max", a.Max)],
        EluArgs a => [("alpha", a.Alpha), ("scale", a.Scale), ("inputScale", a.InputScale)],
        SoftplusArgs a => [("beta", a.Beta), ("threshold", a.Threshold)],
        DropoutArgs a => [("probability", a.Probability), ("seed", a.Seed), ("stream", a.Stream), ("position", a.Position)],
        NormArgs a => [("epsilon", a.Epsilon)],
        AttentionArgs a =>
            [("heads", a.Heads), ("isCausal", a.IsCausal), .. a.Scale is { } scale ? [("scale", (object)scale)] : Array.Empty<(string, object)>()],
        RecurrentArgs a => [("batchFirst", a.BatchFirst)],
        ConvOptions a => [("stride", a.Stride), ("padding", a.Padding), ("dilation", a.Dilation), ("groups", a.Groups)],
        ConvAdjointArgs a => [.. Of(a.Options), ("shape", a.Shape)],
        PoolArgs a => [("kernel", a.Kernel), ("stride", a.Stride), ("padding", a.Padding), ("dilation", a.Dilation), ("countPadding", a.CountPadding)],
        PoolAdjointArgs a => [.. Of(a.Pool), ("shape", a.Shape)],
        Shape a => [("shape", a)],
        DType a => [("dtype", a)],
        int a => [("axis", a)],
        CustomFunctionBase.Context => [],
        var other => [("value", other)],
    };
}
