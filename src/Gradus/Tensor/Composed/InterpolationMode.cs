namespace Gradus;

/// <summary>How values between the positions of an image are found.</summary>
public enum InterpolationMode
{
    /// <summary>The element at ⌊position · in / out⌋.</summary>
    Nearest,

    /// <summary>On the straight line between the two neighbors; along two axes, bilinear.</summary>
    Linear,

    /// <summary>On a cubic through the four neighbors (Keys, with a = −¾); along two axes, bicubic.</summary>
    Cubic,
}
