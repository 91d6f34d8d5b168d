using System.Collections.Frozen;

namespace Gradus.Onnx;

/// <summary>The operators that are not written, with the reason.</summary>
internal static class Refusals
{
    private const string Matrices = "solves or takes apart matrices, for which ONNX has no operator";
    private const string Derivative = "is part of a derivative, and a graph in use has none";

    public static readonly FrozenDictionary<Op, string> Why = new Dictionary<Op, string>
    {
        [Ops.Inverse] = Matrices,
        [Ops.Solve] = Matrices,
        [Ops.Cholesky] = Matrices,
        [Ops.LogDeterminant] = Matrices,
        [Ops.DeterminantSign] = Matrices,
        [Ops.SolveTriangular] = Matrices,
        [Ops.LeastSquares] = Matrices,
        [Ops.Conv2dWeight] = Derivative,
        [Ops.AvgPool2dAdjoint] = Derivative,
        [Slopes.Bell] = Derivative,
        [Slopes.OneMinusSquare] = Derivative,
        [Slopes.HypotSlope] = Derivative,
        [Ops.DiagonalEmbed] = "puts a diagonal into zeros, for which ONNX has no operator",
        [Ops.Dropout] = "draws random numbers. Leave it out in use: ask IsTraining first",
        [Ops.NonZero] = "gives as many positions as there are true elements, which differs from input to input",
    }.ToFrozenDictionary();
}
