namespace Gradus.Compare;

/// <summary>What Gradus does for each name that compare.py knows. The names are those of the specs; after a dot, another form of the same.</summary>
internal static class Operations
{
    /// <summary>The operators that are compared.</summary>
    public static IReadOnlyDictionary<string, Func<Tensor[], OperationArguments, Tensor[]>> All { get; } = Table();

    private static Dictionary<string, Func<Tensor[], OperationArguments, Tensor[]>> Table()
    {
        var table = new Dictionary<string, Func<Tensor[], OperationArguments, Tensor[]>>();
        void One(string name, Func<Tensor, Tensor> f) => table.Add(name, (t, _) => [f(t[0])]);
        void Two(string name, Func<Tensor, Tensor, Tensor> f) => table.Add(name, (t, _) => [f(t[0], t[1])]);
        void With(string name, Func<Tensor[], OperationArguments, Tensor> f) => table.Add(name, (t, a) => [f(t, a)]);
        void Many(string name, Func<Tensor[], OperationArguments, Tensor[]> f) => table.Add(name, f);

        Elementwise(One, Two, With);
        Activations(One, With);
        Reductions(One, With, Many);
        Rearranging(With, Many);
        Indexing(With, Many);
        Layers(Two, With, Many);
        LinearAlgebra(One, Two, With);
        Resampling(One, With);
        return table;
    }

    private static void Elementwise(Action<string, Func<Tensor, Tensor>> one, Action<string, Func<Tensor, Tensor, Tensor>> two,
        Action<string, Func<Tensor[], OperationArguments, Tensor>> with)
    {
        one("Negate", static x => -x);
        one("Square", static x => x.Square());
        one("Abs", static x => x.Abs());
        one("Sign", static x => x.Sign());
        one("Exp", static x => x.Exp());
        one("Exp2", static x => x.Exp2());
        one("ExpM1", static x => x.ExpM1());
        one("Log", static x => x.Log());
        one("Log1P", static x => x.Log1P());
        one("Log2", static x => x.Log2());
        one("Log10", static x => x.Log10());
        one("Sqrt", static x => x.Sqrt());
        one("Rsqrt", static x => x.Rsqrt());
        one("Reciprocal", static x => x.Reciprocal());
        one("Erf", static x => x.Erf());
        one("Erfc", static x => x.Erfc());
        one("Sin", static x => x.Sin());
        one("Cos", static x => x.Cos());
        one("Tan", static x => x.Tan());
        one("Asin", static x => x.Asin());
        one("Acos", static x => x.Acos());
        one("Atan", static x => x.Atan());
        one("Sinh", static x => x.Sinh());
        one("Cosh", static x => x.Cosh());
        one("Asinh", static x => x.Asinh());
        one("Acosh", static x => x.Acosh());
        one("Atanh", static x => x.Atanh());
        one("Floor", static x => x.Floor());
        one("Ceil", static x => x.Ceil());
        one("Round", static x => x.Round());
        one("Trunc", static x => x.Trunc());
        one("Frac", static x => x.Frac());
        one("IsNan", static x => x.IsNan());
        one("IsInf", static x => x.IsInf());
        one("IsFinite", static x => x.IsFinite());
        one("LogicalNot", static x => !x);
        one("NanToNum", static x => x.NanToNum());
        one("Cast", static x => x.To(DType.Float32));
        one("Copy", static x => x.Clone());
        two("Add", static (x, y) => x + y);
        two("Subtract", static (x, y) => x - y);
        two("Multiply", static (x, y) => x * y);
        two("Divide", static (x, y) => x / y);
        two("Pow", static (x, y) => x.Pow(y));
        two("Atan2", static (x, y) => x.Atan2(y));
        two("Hypot", static (x, y) => x.Hypot(y));
        two("LogAddExp", static (x, y) => x.LogAddExp(y));
        two("XLogY", static (x, y) => x.XLogY(y));
        two("Maximum", static (x, y) => x.Maximum(y));
        two("Minimum", static (x, y) => x.Minimum(y));
        two("Remainder", static (x, y) => x.Remainder(y));
        two("Fmod", static (x, y) => x.Fmod(y));
        two("Equal", static (x, y) => x.Equal(y));
        two("NotEqual", static (x, y) => x.NotEqual(y));
        two("Less", static (x, y) => x < y);
        two("LessOrEqual", static (x, y) => x <= y);
        two("Greater", static (x, y) => x > y);
        two("GreaterOrEqual", static (x, y) => x >= y);
        two("LogicalAnd", static (x, y) => x & y);
        two("LogicalOr", static (x, y) => x | y);
        two("LogicalXor", static (x, y) => x ^ y);
        two("IsClose", static (x, y) => x.IsClose(y));
        with("Where", static (t, _) => Tensor.Where(t[0], t[1], t[2]));
        with("Lerp", static (t, _) => t[0].Lerp(t[1], t[2]));
        with("Clamp", static (t, a) => t[0].Clamp(a.Number("min"), a.Number("max")));
        with("Pow.Number", static (t, a) => t[0].Pow(a.Number("y")));
    }

    private static void Activations(Action<string, Func<Tensor, Tensor>> one, Action<string, Func<Tensor[], OperationArguments, Tensor>> with)
    {
        one("Relu", static x => x.Relu());
        one("Sigmoid", static x => x.Sigmoid());
        one("Tanh", static x => x.Tanh());
        one("Gelu", static x => x.Gelu());
        one("GeluTanh", static x => x.GeluTanh());
        one("Silu", static x => x.Silu());
        one("Mish", static x => x.Mish());
        one("Selu", static x => x.Selu());
        one("LogSigmoid", static x => x.LogSigmoid());
        one("Hardswish", static x => x.Hardswish());
        one("Hardsigmoid", static x => x.Hardsigmoid());
        one("Hardtanh", static x => x.Hardtanh());
        one("Relu6", static x => x.Relu6());
        one("Softsign", static x => x.Softsign());
        one("Tanhshrink", static x => x.Tanhshrink());
        with("Elu", static (t, a) => t[0].Elu(a.Number("alpha")));
        with("Celu", static (t, a) => t[0].Celu(a.Number("alpha")));
        with("LeakyRelu", static (t, a) => t[0].LeakyRelu(a.Number("slope")));
        with("Softplus", static (t, a) => t[0].Softplus(a.Number("beta"), a.Number("threshold")));
        with("Hardshrink", static (t, a) => t[0].Hardshrink(a.Number("lambda")));
        with("Softshrink", static (t, a) => t[0].Softshrink(a.Number("lambda")));
        with("Threshold", static (t, a) => t[0].Threshold(a.Number("threshold"), a.Number("value")));
        with("Glu", static (t, a) => t[0].Glu(a.Int("axis")));
        with("PRelu", static (t, _) => t[0].PRelu(t[1].Reshape([-1, .. Enumerable.Repeat(1, t[0].Rank - 2)])));
        with("Softmax", static (t, a) => t[0].Softmax(a.Int("axis")));
        with("Softmin", static (t, a) => t[0].Softmin(a.Int("axis")));
        with("LogSoftmax", static (t, a) => t[0].LogSoftmax(a.Int("axis")));
    }

    private static void Reductions(Action<string, Func<Tensor, Tensor>> one, Action<string, Func<Tensor[], OperationArguments, Tensor>> with,
        Action<string, Func<Tensor[], OperationArguments, Tensor[]>> many)
    {
        one("Sum.All", static x => x.Sum());
        one("Max.All", static x => x.Max());
        one("Prod.All", static x => x.Prod());
        with("Sum", static (t, a) => t[0].Sum(a.Ints("axes"), a.Flag("keep")));
        with("Mean", static (t, a) => t[0].Mean(a.Ints("axes"), a.Flag("keep")));
        with("Max", static (t, a) => t[0].AMax(a.Ints("axes"), a.Flag("keep")));
        with("Min", static (t, a) => t[0].AMin(a.Ints("axes"), a.Flag("keep")));
        with("Var", static (t, a) => t[0].Var(a.Ints("axes"), a.Number("correction"), a.Flag("keep")));
        with("Std", static (t, a) => t[0].Std(a.Ints("axes"), a.Number("correction"), a.Flag("keep")));
        with("Norm", static (t, a) => t[0].Norm(a.Ints("axes"), a.Number("p"), a.Flag("keep")));
        with("LogSumExp", static (t, a) => t[0].LogSumExp(a.Ints("axes"), a.Flag("keep")));
        with("CountNonzero", static (t, a) => t[0].CountNonzero(a.Ints("axes")));
        with("Prod", static (t, a) => t[0].Prod(a.Int("axis"), a.Flag("keep")));
        with("All", static (t, a) => t[0].All(a.Int("axis"), a.Flag("keep")));
        with("Any", static (t, a) => t[0].Any(a.Int("axis"), a.Flag("keep")));
        with("ArgMax", static (t, a) => t[0].ArgMax(a.Int("axis"), a.Flag("keep")));
        with("ArgMin", static (t, a) => t[0].ArgMin(a.Int("axis"), a.Flag("keep")));
        with("CumSum", static (t, a) => t[0].CumSum(a.Int("axis")));
        with("CumProd", static (t, a) => t[0].CumProd(a.Int("axis")));
        with("LogCumSumExp", static (t, a) => t[0].LogCumSumExp(a.Int("axis")));
        many("MaxAlong", static (t, a) => t[0].Max(a.Int("axis"), a.Flag("keep")) is var (value, index) ? [value, index] : []);
        many("MinAlong", static (t, a) => t[0].Min(a.Int("axis"), a.Flag("keep")) is var (value, index) ? [value, index] : []);
        with("Normalize", static (t, a) => t[0].Normalize(a.Int("axis"), a.Number("p")));
        many("Median", static (t, a) => t[0].Median(a.Int("axis"), a.Flag("keep")) is var (value, index) ? [value, index] : []);
        many("NanMedian", static (t, a) => t[0].NanMedian(a.Int("axis"), a.Flag("keep")) is var (value, index) ? [value, index] : []);
        with("Quantile", static (t, a) => t[0].Quantile([a.Number("q"), 0.5], a.Int("axis"), a.Flag("keep"), (QuantileInterpolation)a.Int("interpolation")));
        with("NanQuantile", static (t, a) =>
            t[0].NanQuantile([a.Number("q"), 0.5], a.Int("axis"), a.Flag("keep"), (QuantileInterpolation)a.Int("interpolation")));
        many("Sort", static (t, a) => t[0].Sort(a.Int("axis"), a.Flag("descending")) is var (value, index) ? [value, index] : []);
        many("TopK", static (t, a) => t[0].TopK(a.Int("count"), a.Int("axis"), a.Flag("largest")) is var (value, index) ? [value, index] : []);
        many("UniqueValues", static (t, _) => t[0].Unique() is var (value, inverse, counts) ? [value, inverse, counts] : []);
    }

    private static void Rearranging(Action<string, Func<Tensor[], OperationArguments, Tensor>> with,
        Action<string, Func<Tensor[], OperationArguments, Tensor[]>> many)
    {
        with("Reshape", static (t, a) => t[0].Reshape(a.Ints("sizes")));
        with("Permute", static (t, a) => t[0].Permute(a.Ints("order")));
        with("Expand", static (t, a) => t[0].Expand(a.Ints("sizes")));
        with("Repeat", static (t, a) => t[0].Repeat(a.Ints("counts")));
        with("RepeatInterleave", static (t, a) => t[0].RepeatInterleave(a.Int("count"), a.Int("axis")));
        with("Roll", static (t, a) => t[0].Roll(a.Int("shift"), a.Int("axis")));
        with("Rot90", static (t, a) => t[0].Rot90(a.Int("turns")));
        with("Flip", static (t, a) => t[0].Flip(a.Ints("axes")));
        with("MoveAxis", static (t, a) => t[0].MoveAxis(a.Int("from"), a.Int("to")));
        with("Diagonal", static (t, a) => t[0].Diagonal(a.Int("offset")));
        with("DiagonalEmbed", static (t, a) => t[0].DiagEmbed(a.Int("offset")));
        with("Tril", static (t, a) => t[0].Tril(a.Int("diagonal")));
        with("Triu", static (t, a) => t[0].Triu(a.Int("diagonal")));
        with("Unfold", static (t, a) => t[0].Unfold(a.Int("axis"), a.Int("size"), a.Int("step")));
        with("Unfold2d", static (t, a) => t[0].Unfold2d(a.Size("kernel"), a.Size("stride"), a.Size("padding"), a.Size("dilation")));
        with("Fold2d", static (t, a) => t[0].Fold2d(a.Size("size"), a.Size("kernel"), a.Size("stride"), a.Size("padding"), a.Size("dilation")));
        with("Pad", static (t, a) => t[0].Pad(a.Int("axis"), a.Int("before"), a.Int("after"), (PadMode)a.Int("mode"), a.Number("value")));
        with("Concat", static (t, a) => Tensor.Concat(t, a.Int("axis")));
        with("Stack", static (t, a) => Tensor.Stack(t, a.Int("axis")));
        with("Slice", static (t, a) => t[0].Slice(a.Int("axis"), a.Int("start"), a.Int("length"), a.Int("step")));
        with("Select", static (t, a) => t[0].Select(a.Int("axis"), a.Int("index")));
        many("Split", static (t, a) => t[0].Split(a.Int("size"), a.Int("axis")));
        many("Chunk", static (t, a) => t[0].Chunk(a.Int("count"), a.Int("axis")));
        many("Unbind", static (t, a) => t[0].Unbind(a.Int("axis")));
        many("MeshGrid", static (t, _) => Tensor.MeshGrid(t));
    }

    private static void Indexing(Action<string, Func<Tensor[], OperationArguments, Tensor>> with,
        Action<string, Func<Tensor[], OperationArguments, Tensor[]>> many)
    {
        with("Gather", static (t, a) => t[0].Gather(a.Int("axis"), t[1]));
        with("TakeAlong", static (t, a) => t[0].TakeAlong(a.Int("axis"), t[1]));
        with("Take", static (t, _) => t[0].Take(t[1]));
        with("IndexSelect", static (t, a) => t[0].IndexSelect(a.Int("axis"), t[1]));
        with("Scatter", static (t, a) => t[0].Scatter(a.Int("axis"), t[1], t[2]));
        with("ScatterAdd", static (t, a) => t[0].ScatterAdd(a.Int("axis"), t[1], t[2]));
        with("ScatterReduce", static (t, a) => t[0].ScatterReduce(a.Int("axis"), t[1], t[2], (ScatterReduction)a.Int("reduction"), a.Flag("self")));
        with("SegmentReduce", static (t, a) => t[0].SegmentReduce(t[1], (ScatterReduction)a.Int("reduction"), a.Int("count")));
        with("SegmentSoftmax", static (t, _) => t[0].SegmentSoftmax(t[1]));
        with("IndexAdd", static (t, a) => t[0].IndexAdd(a.Int("axis"), t[1], t[2]));
        with("IndexCopy", static (t, a) => t[0].IndexCopy(a.Int("axis"), t[1], t[2]));
        with("IndexFill", static (t, a) => t[0].IndexFill(a.Int("axis"), t[1], a.Number("value")));
        with("IndexPut", static (t, a) => t[0].IndexPut([t[1]], t[2], a.Flag("accumulate")));
        with("IndexByTensors", static (t, _) => t[0][t[1], t[2]]);
        with("MaskedFill", static (t, a) => t[0].MaskedFill(t[1], a.Number("value")));
        with("MaskedSelect", static (t, _) => t[0].MaskedSelect(t[1]));
        with("NonZero", static (t, _) => t[0].NonZero());
        with("SearchSorted", static (t, a) => t[0].SearchSorted(t[1], a.Flag("right")));
        with("BinCount", static (t, a) => t[0].BinCount(t[1], a.Int("least")));
        with("OneHot", static (t, a) => t[0].OneHot(a.Int("classes")));
    }

    private static void Layers(Action<string, Func<Tensor, Tensor, Tensor>> two, Action<string, Func<Tensor[], OperationArguments, Tensor>> with,
        Action<string, Func<Tensor[], OperationArguments, Tensor[]>> many)
    {
        two("MatMul", static (x, y) => x.MatMul(y));
        two("CrossEntropy", static (x, y) => x.CrossEntropy(y));
        two("BinaryCrossEntropy", static (x, y) => x.BinaryCrossEntropyWithLogits(y));
        with("Linear", static (t, _) => t[0].Linear(t[1], t[2]));
        with("Conv1d", static (t, a) => t[0].Conv1d(t[1], t.ElementAtOrDefault(2), Options(a)));
        with("Conv2d", static (t, a) => t[0].Conv2d(t[1], t.ElementAtOrDefault(2), Options(a)));
        with("ConvTranspose2d", static (t, a) => t[0].ConvTranspose2d(t[1], t.ElementAtOrDefault(2), Options(a), a.Size("more")));
        with("MaxPool2d", static (t, a) => t[0].MaxPool2d(a.Size("kernel"), a.Size("stride"), a.Size("padding"), a.Size("dilation")));
        with("AvgPool2d", static (t, a) => t[0].AvgPool2d(a.Size("kernel"), a.Size("stride"), a.Size("padding"), a.Flag("count")));
        with("AdaptiveAvgPool2d", static (t, a) => t[0].AdaptiveAvgPool2d(a.Size("size")));
        with("LayerNorm", static (t, a) => t[0].LayerNorm(t[1], t[2], a.Number("epsilon")));
        with("BatchNorm", static (t, a) => t[0].BatchNorm(t[1], t[2], a.Number("epsilon")).Item1);
        with("BatchNormInference", static (t, a) => t[0].BatchNorm(t[1], t[2], t[3], t[4], a.Number("epsilon")));
        with("Attention", static (t, a) => t[0].Attention(t[1], t[2], t.ElementAtOrDefault(3), a.Flag("causal")));
        many("Lstm", static (t, _) => t[0].Lstm(t[1], t[2], t[3], t[4], t[5], t[6]) is var (all, hidden, cell) ? [all, hidden, cell] : []);
        many("Gru", static (t, _) => t[0].Gru(t[1], t[2], t[3], t[4], t[5]) is var (all, hidden) ? [all, hidden] : []);
    }

    private static void LinearAlgebra(Action<string, Func<Tensor, Tensor>> one, Action<string, Func<Tensor, Tensor, Tensor>> two,
        Action<string, Func<Tensor[], OperationArguments, Tensor>> with)
    {
        one("Inverse", static x => Regular(x).Inverse());
        one("Determinant", static x => Regular(x).Det());
        one("Cholesky", static x => Positive(x).Cholesky());
        one("LogDet", static x => Positive(x).LogDet());
        one("Trace", static x => x.Trace());
        two("Solve", static (x, y) => Regular(x).Solve(y));
        with("SolveTriangular", static (t, a) => Regular(t[0]).SolveTriangular(t[1], a.Flag("upper"), true, a.Flag("unit")));
        with("CholeskySolve", static (t, _) => Positive(t[0]).Cholesky().CholeskySolve(t[1]));
        with("LeastSquares", static (t, _) => Regular(t[0]).Lstsq(t[1]));
        with("Cdist", static (t, a) => t[0].Cdist(t[1], a.Number("p")));
        one("Pdist", static x => x.Pdist());
        two("Bmm", static (x, y) => x.Bmm(y));
        two("Dot", static (x, y) => x.Dot(y));
        two("Outer", static (x, y) => x.Outer(y));
        two("Inner", static (x, y) => x.Inner(y));
        two("Kron", static (x, y) => x.Kron(y));
        two("TensorDot", static (x, y) => x.TensorDot(y, [1, 2], [1, 0]));
        with("MatrixPower", static (t, a) => t[0].MatrixPower(a.Int("power")));
        with("Einsum", static (t, a) => Tensor.Einsum(a.Text("equation"), t));
    }

    /// <summary>
    /// Far from a singular matrix, even where rows are equal: what is added outweighs a row of four numbers below 0.2, and determinants are about 1. Of a
    /// matrix that is not square, full rank.
    /// </summary>
    private static Tensor Regular(Tensor x) =>
        (x / 10) + Tensor.Eye(Math.Max(x.Shape[-2], x.Shape[-1]), x.DType).Slice(0, 0, x.Shape[-2]).Slice(1, 0, x.Shape[-1]);

    private static Tensor Positive(Tensor x) => x.MatMul(x.Transpose()) + Tensor.Eye(x.Shape[-1], x.DType);

    private static void Resampling(Action<string, Func<Tensor, Tensor>> one, Action<string, Func<Tensor[], OperationArguments, Tensor>> with)
    {
        one("PixelShuffle", static x => x.PixelShuffle(2));
        one("PixelUnshuffle", static x => x.PixelUnshuffle(2));
        one("ChannelShuffle", static x => x.ChannelShuffle(2));
        with("Interpolate1d", static (t, a) => t[0].Interpolate1d(a.Int("size"), (InterpolationMode)a.Int("mode"), a.Flag("corners")));
        with("Interpolate2d", static (t, a) => t[0].Interpolate2d(a.Size("size"), (InterpolationMode)a.Int("mode"), a.Flag("corners")));
        with("AdaptiveAvgPool1d", static (t, a) => t[0].AdaptiveAvgPool1d(a.Int("size")));
        with("AdaptiveMaxPool1d", static (t, a) => t[0].AdaptiveMaxPool1d(a.Int("size")));
        with("AdaptiveMaxPool2d", static (t, a) => t[0].AdaptiveMaxPool2d(a.Size("size")));
        with("AvgPool1d", static (t, a) => t[0].AvgPool1d(a.Int("kernel"), a.Int("stride")));
        with("MaxPool1d", static (t, a) => t[0].MaxPool1d(a.Int("kernel"), a.Int("stride")));
        with("LpPool1d", static (t, a) => t[0].LpPool1d(2, a.Int("kernel")));
        with("LpPool2d", static (t, a) => t[0].LpPool2d(2, a.Size("kernel")));
    }

    private static ConvOptions Options(OperationArguments a) =>
        new() { Stride = a.Size("stride"), Padding = a.Size("padding"), Dilation = a.Size("dilation"), Groups = a.Int("groups") };
}
