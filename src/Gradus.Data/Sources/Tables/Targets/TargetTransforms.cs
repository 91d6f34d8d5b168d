namespace Gradus.Data;

/// <summary>From a target to what is learnt of it, and back.</summary>
internal static class TargetTransforms
{
    /// <summary>What is learnt of a target: of the logarithm ln(1 + y), y being at least 0.</summary>
    public static double Apply(this TargetTransform transform, double target) =>
        transform == TargetTransform.Log ? Math.Log(1 + Math.Max(target, 0)) : target;

    /// <summary>The target of which this is learnt: of the logarithm z it is eᶻ − 1, z being at least 0.</summary>
    public static double Invert(this TargetTransform transform, double learnt) =>
        transform == TargetTransform.Log ? Math.Exp(Math.Max(learnt, 0)) - 1 : learnt;
}
