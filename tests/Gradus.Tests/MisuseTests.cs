using Gradus.Nn;

namespace Gradus.Tests;

/// <summary>What is most often done wrong, each with the words that say what came, what was expected and what to do.</summary>
public class MisuseTests
{
    private static readonly Tensor X = Tensor.Ones([2, 3]);

    private static readonly Dictionary<string, (Action Act, string Words)> All = new()
    {
        ["a wrong axis"] = (static () => X.Sum(2), "sum: axis 2 is out of range for [2,3]; use -2 … 1."),
        ["an axis of a scalar"] = (static () => Tensor.Scalar(1f).Sum(0), "sum: axis 0 of a scalar, which has no axes."),
        ["shapes that do not broadcast"] = (static () => _ = X + Tensor.Ones([2]),
            "add: [2,3] and [2] do not broadcast: sizes 3 and 2 differ and neither is 1."),
        ["inner sizes that differ"] = (static () => X.MatMul(Tensor.Ones([4, 5])), "matmul: f32[2,3] · f32[4,5]: inner sizes 3 and 4 differ."),
        ["other channels"] = (static () => Tensor.Ones([1, 3, 8, 8]).Conv2d(Tensor.Ones([4, 2, 3, 3])),
            "conv2d: the input is f32[1,3,8,8], the weight f32[4,2,3,3] expects 2 channels, got 3."),
        ["another number of elements"] = (static () => X.Reshape(4), "reshape: f32[2,3] has 6 elements, [4] has 4."),
        ["an input that does not fit a layer"] = (static () => new Sequential(new Linear(4, 2)).Forward(X), "0: expected [..., 4], got f32[2,3]."),
        ["arithmetic of bool"] = (static () => _ = Tensor.Of(true) + Tensor.Of(false), "add: bool has no arithmetic. Convert it with To()."),
        ["a condition of numbers"] = (static () => Tensor.Where(X, X, X), "where: expected a bool condition, got f32[2,3]."),
        ["a span of another type"] = (static () => X.AsSpan<double>(),
            "asSpan: f32[2,3] does not hold f64. Convert it with To(), or copy it with ToArray<Double>()."),
        ["positions that are not whole"] = (static () => X.Gather(0, Tensor.Of([[1f]])), "gather: expected i32 or i64 positions, got f32[1,1]."),
        ["a position past the end"] = (static () => _ = X[5], "index: index 5 is out of range for axis 0 of size 2."),
        ["a position before the start"] = (static () => _ = X[-3], "index: index -3 is out of range for axis 0 of size 2."),
        ["a gathered position past the end"] = (static () => X.Gather(1, Tensor.Of([[3], [0]])), "gather: index 3 is out of range for axis 1 of size 3."),
        ["a word that an embedding does not have"] = (static () => new Embedding(3, 2).Forward(Tensor.Of(3)),
            "Embedding: indexSelect: index 3 is out of range for axis 0 of size 3."),
        ["a label that is no class"] = (static () => Losses.CrossEntropy(X, Tensor.Of(0, 3)),
            "crossEntropy: label 3 of sample 1 is not a class; there are 3, from 0 to 2."),
        ["backward from whole numbers"] = (static () => Tensor.Of(1, 2).Sum().Backward(), "backward: i64[] has no gradient; only floating-point tensors do."),
        ["backward through a position"] = (static () => Variable().ArgMax().Backward(), "backward: i64[] has no gradient; only floating-point tensors do."),
        ["a variable of whole numbers"] = (static () => Tensor.Of(1).RequireGrad(),
            "requireGrad: i32[1] has no gradient; only floating-point tensors do. Convert it with To(DType.Float32)."),
        ["backward without a graph"] = (static () => X.Sum().Backward(),
            "backward: f32[] is not part of a graph: nothing it was computed from requires a gradient. " +
            "Call RequireGrad() on an input, and compute outside of NoGrad."),
        ["backward from many numbers"] = (static () => Variable().Square().Backward(),
            "backward: f32[2] is not a single number. Give a gradient of its shape, or reduce it with Sum() or Mean()."),
        ["backward twice"] = (Twice,
            "backward: the graph through square was walked before and the values it needs were freed. " +
            "Pass retainGraph: true to the first Backward, or compute the loss again."),
        ["arithmetic after the scope"] = (static () => _ = AfterItsScope() + 1,
            "tensor: this tensor's scope has ended and its memory is gone. Use `scope.Keep(tensor)` before the scope ends."),
        ["a variable after the scope"] = (static () => AfterItsScope().RequireGrad(),
            "requireGrad: this tensor's scope has ended and its memory is gone. Use `scope.Keep(tensor)` before the scope ends."),
        ["backward after the scope"] = (static () => LossAfterItsScope().Backward(),
            "backward: this tensor's scope has ended and its memory is gone. Use `scope.Keep(tensor)` before the scope ends."),
        ["NaN as a position"] = (static () => _ = X[Tensor.Of(float.NaN)], "index: expected i32 or i64 positions, or a bool mask, got f32[1]."),
        ["NaN as a word"] = (static () => new Embedding(3, 2).Forward(Tensor.Of(float.NaN)), "Embedding: expected indices, i32 or i64, got f32[1]."),
        ["NaN as a weight of a draw"] = (static () => Tensor.Of(1f, float.NaN).Multinomial(1),
            "multinomial: got f32[2] with weights that are negative or not finite."),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_misuse_says_what_came_and_what_was_expected(string name)
    {
        // given
        var (act, words) = All[name];

        // then
        Assert.Equal(words, Assert.Throws<GradusException>(act).Message);
    }

    private static Tensor Variable() => Tensor.Ones([2]).RequireGrad();

    private static void Twice()
    {
        var loss = Variable().Square().Sum();
        loss.Backward();
        loss.Backward();
    }

    private static Tensor AfterItsScope()
    {
        using var scope = new TensorScope();
        return Tensor.Ones([1000]) * 2;
    }

    private static Tensor LossAfterItsScope()
    {
        using var scope = new TensorScope();
        return Variable().Exp().Sum();
    }
}
