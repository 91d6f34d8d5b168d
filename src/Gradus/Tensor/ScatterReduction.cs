namespace Gradus;

/// <summary>How elements that meet at one place become one.</summary>
public enum ScatterReduction
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean; of whole numbers, rounded down.</summary>
    Mean,

    /// <summary>Their product.</summary>
    Product,

    /// <summary>The greatest; NaN if one of them is.</summary>
    Max,

    /// <summary>The least; NaN if one of them is.</summary>
    Min,
}
