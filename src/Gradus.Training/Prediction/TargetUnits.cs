using Gradus.Data;

namespace Gradus.Training;

/// <summary>From what a network gives for a numeric target to the target's own unit.</summary>
internal static class TargetUnits
{
    /// <summary>x · deviation + mean, and of logarithms eᶻ − 1 of that, z being at least 0, as every target is.</summary>
    /// <param name="target">How the target became what is learnt.</param>
    /// <param name="standardized">What the network gives, or what it should give.</param>
    public static Tensor ToUnits(this TableTarget target, Tensor standardized)
    {
        var learnt = (standardized * target.Deviation) + target.Mean;
        return target.Transform == TargetTransform.Log ? learnt.Relu().Exp() - 1 : learnt;
    }
}
