namespace Gradus.Training;

/// <summary>Where the weights of a model go that becomes C#.</summary>
public enum CSharpWeights
{
    /// <summary>Into the code, as Base64: one file is all there is.</summary>
    Embedded,

    /// <summary>Into a file beside the code, of the same name with <c>.bin</c> at the end: float32 numbers, the low byte first.</summary>
    Beside,
}
