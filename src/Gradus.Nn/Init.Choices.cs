namespace Gradus.Nn;

/// <summary>Which fan <see cref="Init.VarianceScaling"/> divides by.</summary>
public enum InitFan
{
    /// <summary>Fan in.</summary>
    In,

    /// <summary>Fan out.</summary>
    Out,

    /// <summary>The mean of both.</summary>
    Average,
}

/// <summary>What <see cref="Init.VarianceScaling"/> draws from.</summary>
public enum InitDistribution
{
    /// <summary>Normal, cut at two deviations.</summary>
    TruncatedNormal,

    /// <summary>Normal.</summary>
    Normal,

    /// <summary>Uniform.</summary>
    Uniform,
}

/// <summary>Activations whose gain is known.</summary>
public enum InitActivation
{
    /// <summary>None: 1. Convolutions as well.</summary>
    Linear,

    /// <summary>1.</summary>
    Sigmoid,

    /// <summary>5/3.</summary>
    Tanh,

    /// <summary>√2.</summary>
    Relu,

    /// <summary>√(2 / (1 + slope²)).</summary>
    LeakyRelu,

    /// <summary>3/4.</summary>
    Selu,
}
