namespace Gradus.Onnx;

/// <summary>Which version of the format goes with which version of the operators.</summary>
internal static class OnnxVersions
{
    /// <summary>The first version of the format in which nodes have words of their own.</summary>
    public const int FirstWithNodeMetadata = 10;

    /// <summary>The least version of the format for a version of the operators.</summary>
    public static int IrOf(int opset) => opset switch
    {
        <= 14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        <= 22 => 10,
        23 => 11,
        24 => 12,
        _ => 13,
    };
}
