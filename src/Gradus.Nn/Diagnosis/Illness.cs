namespace Gradus.Nn;

/// <summary>What can be wrong with a network in training. Thresholds, reasons and sources are in docs/doctor.md.</summary>
public enum Illness
{
    /// <summary>A weight, an activation, the loss or a gradient is NaN or infinite.</summary>
    NotFinite,

    /// <summary>The loss gives no parameter a gradient.</summary>
    DetachedLoss,

    /// <summary>The optimizer moves parameters of another network.</summary>
    OtherParameters,

    /// <summary>The network is trained while it behaves as in use.</summary>
    LeftInEval,

    /// <summary>The loss does not depend on some parameters.</summary>
    UnusedParameters,

    /// <summary>The inputs are far from a mean of 0 and a deviation of 1.</summary>
    InputNotNormalized,

    /// <summary>The targets are far larger or smaller than 1.</summary>
    TargetNotNormalized,

    /// <summary>A softmax or sigmoid before a loss that makes its own, or one upon the other.</summary>
    RepeatedFunction,

    /// <summary>A rectifier is the last layer.</summary>
    RectifiedOutput,

    /// <summary>Rectified units that give 0 for every sample, and so never learn.</summary>
    DeadUnits,

    /// <summary>Sigmoids, tanhs or softmaxes where their slope is nearly 0.</summary>
    SaturatedUnits,

    /// <summary>The gradient shrinks on its way back until the first layers, or steps of time, get next to none.</summary>
    VanishingGradient,

    /// <summary>The gradient grows on its way back.</summary>
    ExplodingGradient,

    /// <summary>The network gives the same, whatever it is given.</summary>
    ConstantOutput,

    /// <summary>A step changes the weights by a large part of themselves.</summary>
    LearningRateTooHigh,

    /// <summary>A step hardly changes the weights.</summary>
    LearningRateTooLow,

    /// <summary>Weight decay draws biases and the scales of norms towards zero.</summary>
    WeightDecayOnBiases,

    /// <summary>Some classes have many times the samples of others.</summary>
    ClassImbalance,

    /// <summary>What a <see cref="Check"/> of the user's looks for; <see cref="Finding.Name"/> says what.</summary>
    Other,
}
