using FsCheck;
using FsCheck.Fluent;
using Gradus.Nn;

namespace Gradus.Testing.AnyArguments;

// Parts of networks.
internal static partial class Arguments
{
    private static readonly TransformerOptions Block = new() { FeedForward = 3 };

    private static Gen<object?>? Network(Type type, int[] shape) => type switch
    {
        _ when type == typeof(Init) => Boxed(Gen.Elements(Init.Zeros, Init.Eye, Init.Normal(), Init.KaimingUniform(), Init.Orthogonal(), Init.Dirac(2),
            Init.Value(double.NaN), Init.InverseSquareRoot(3))),
        _ when type == typeof(Parameter) =>
            Boxed(Tensors(shape).Where(static tensor => tensor.DType.IsFloat).Select(static tensor => new Parameter(tensor.Detach()))),
        _ when type == typeof(Module<Tensor, Tensor>) => Boxed(Gen.Choose(0, 3).Select(static choice => (Module<Tensor, Tensor>)(choice switch
        {
            0 => new Relu(),
            1 => new Flatten(),
            2 => new Linear(2),
            _ => new LayerNorm(),
        }))),
        _ when type == typeof(LayerNorm) => Boxed(Gen.Elements(2, 4).Select(static size => new LayerNorm(size))),
        _ when type == typeof(TransformerEncoderLayer) => Boxed(Gen.Elements(2, 4).Select(static width => new TransformerEncoderLayer(width, 2, Block))),
        _ when type == typeof(TransformerDecoderLayer) => Boxed(Gen.Elements(2, 4).Select(static width => new TransformerDecoderLayer(width, 2, Block))),
        _ when type == typeof(PackedSequence) => Boxed(Tensors([3, 2, 4]).Select(static padded => PackedSequence.Pack(padded, [2, 1, 2]))),
        _ when type == typeof(KeyValueCache) => Boxed(Gen.Fresh(static () => new KeyValueCache())),
        _ when type == typeof(Func<Tensor, Tensor, Tensor>) => Boxed(Gen.Elements<Func<Tensor, Tensor, Tensor>>(static (x, y) => (x - y).Abs().Sum(-1),
            static (x, _) => x, static (_, _) => Tensor.Ones([2]), static (_, _) => null!)),
        _ when type == typeof(Func<long, double>) => Boxed(Gen.Elements<Func<long, double>>(static step => 1.0 / step, static _ => double.NaN, static _ => 1)),
        _ when type == typeof(Schedule) => Boxed(Gen.Elements(Schedule.Constant, Schedule.Warmup(3))),
        _ when type == typeof(ParameterGroup) => Boxed(Gen.Constant(ParameterGroup.Named("*") with { LearningRateFactor = 0.1 })),
        _ => null,
    };
}
