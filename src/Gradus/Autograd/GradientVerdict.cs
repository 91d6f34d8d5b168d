namespace Gradus;

/// <summary>What a difference between a gradient and finite differences means.</summary>
public enum GradientVerdict
{
    /// <summary>They agree.</summary>
    Right,

    /// <summary>The function has a kink here, as relu has at 0: its slopes on both sides differ, and the gradient is one of them or lies between.</summary>
    Kink,

    /// <summary>Rounding or randomness in the function is as large as the difference: finite differences say nothing here.</summary>
    Noise,

    /// <summary>The derivative is wrong.</summary>
    Wrong,
}
