namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = x, in memory of its own.</summary>
    public static readonly UnaryOp<None> Copy = new("copy")
    {
        Symbol = "=",
        Derivatives = [DerivativeSymbol.Rule("g", "g")],
        Role = OpRole.Moving,
        MovesElements = true,
        Kind = OpKind.Elementwise,
        Infer = static (x, _) => x.Fresh(x.DType),
        Run = ElementwiseKernels.Copy,
        Dx = new(Reads.None, static (g, _) => g),
    };

    /// <summary>z = x, as another element type.</summary>
    public static readonly UnaryOp<DType> Cast = new("cast")
    {
        Derivatives = [DerivativeSymbol.Rule("g", "g")],
        Role = OpRole.Moving,
        MovesElements = true,
        Kind = OpKind.Elementwise,
        Promote = Promote.None,
        Infer = static (x, dtype) => x.Fresh(dtype),
        Run = ElementwiseKernels.Convert,
        Dx = new(Reads.None, static (g, s) => g.To(s.XDType)),
    };

    /// <summary>Sets every element of a dense tensor.</summary>
    public static unsafe void FillWith<T>(Tensor tensor, T value) where T : unmanaged
    {
        if (!tensor.IsContiguous) throw Errors.DoesNotFit("fill", "tensor", tensor.Describe() + " with gaps", "one without");
        fixed (byte* origin = &tensor.Storage.Origin) Kernels.Elementwise.Fill(value, (nint)tensor.Count, tensor.See(origin).As<T>());
        GC.KeepAlive(tensor);
    }
}
