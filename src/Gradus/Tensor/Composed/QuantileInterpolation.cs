namespace Gradus;

/// <summary>What a quantile that falls between two elements is.</summary>
public enum QuantileInterpolation
{
    /// <summary>On the line from the one below to the one above.</summary>
    Linear,

    /// <summary>The one below.</summary>
    Lower,

    /// <summary>The one above.</summary>
    Higher,

    /// <summary>The nearer; of two that are equally near the one whose position is even.</summary>
    Nearest,

    /// <summary>The mean of both.</summary>
    Midpoint,
}
