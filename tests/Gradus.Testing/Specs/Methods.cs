namespace Gradus.Testing.Specs;

/// <summary>Under which name a public method of Tensor has its spec, where it is not its own.</summary>
internal static class Methods
{
    /// <summary>The specs of methods that only call a row, or several forms of one.</summary>
    public static readonly IReadOnlyDictionary<string, string> SpecOf = new Dictionary<string, string>
    {
        ["op_Addition"] = "Add",
        ["op_Subtraction"] = "Subtract",
        ["op_Multiply"] = "Multiply",
        ["op_Division"] = "Divide",
        ["op_UnaryNegation"] = "Negate",
        ["op_LessThan"] = "Less",
        ["op_LessThanOrEqual"] = "LessOrEqual",
        ["op_GreaterThan"] = "Greater",
        ["op_GreaterThanOrEqual"] = "GreaterOrEqual",
        ["op_BitwiseAnd"] = "LogicalAnd",
        ["op_BitwiseOr"] = "LogicalOr",
        ["op_ExclusiveOr"] = "LogicalXor",
        ["op_LogicalNot"] = "LogicalNot",
        ["To"] = "Cast",
        ["Clone"] = "Copy",
        ["Contiguous"] = "Copy",
        ["get_Part"] = "Slice",
        ["Flatten"] = "Reshape",
        ["Squeeze"] = "Reshape",
        ["Unsqueeze"] = "Reshape",
        ["Transpose"] = "Permute",
        ["Stack"] = "Concat",
        ["AMax"] = "Max",
        ["AMin"] = "Min",
        ["Relu6"] = "Clamp",
        ["Hardtanh"] = "Clamp",
        ["BinaryCrossEntropyWithLogits"] = "BinaryCrossEntropy",
        ["Det"] = "Determinant",
        ["Lstsq"] = "LeastSquares",
        ["SlogDet"] = "LogDeterminant",
        ["MaxPool1dWithIndex"] = "MaxPool2dWithIndex",
        ["DiagEmbed"] = "DiagonalEmbed",
        ["Diag"] = "Diagonal",
        ["UnravelIndex"] = "Unravel",
        ["Unique"] = "UniqueValues",
        ["SwapAxes"] = "Permute",
        ["Unbind"] = "Split",
        ["Chunk"] = "Split",
        ["BroadcastTo"] = "Expand",
        ["Tile"] = "Repeat",
        ["get_Item"] = "IndexByTensors",
    };

    /// <summary>What makes tensors of numbers, changes them, or marks them.</summary>
    public static readonly IReadOnlySet<string> ThatComputeNothing = new HashSet<string>
    {
        "Of", "From", "Scalar", "Full", "Zeros", "Ones", "Arange", "Linspace", "Eye", "Rand", "Randn", "Uniform", "Normal", "TruncatedNormal", "RandInt",
        "RandPerm", "Bernoulli", "Multinomial",
        "CopyFrom", "Fill", "Named", "RequireGrad", "RetainGrad", "Detach", "get_Grad", "get_RequiresGrad",
        "ZerosLike", "OnesLike", "FullLike", "RandLike", "RandnLike", "RandIntLike",
    };
}
