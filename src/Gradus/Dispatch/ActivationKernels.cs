using Gradus.Kernels;
using Kernel = Gradus.Kernels.Elementwise;

namespace Gradus;

/// <summary>From an operand's element type to the kernel for it, for functions whose operators carry parameters.</summary>
internal static unsafe class ActivationKernels
{
    /// <summary>z = f(x).</summary>
    public static void Run<TFloat, TDouble>(TFloat single, TDouble wide, Operand x, Operand z)
        where TFloat : struct, IUnaryOperator<float> where TDouble : struct, IUnaryOperator<double>
    {
        if (z.DType == DType.Float32) ElementwiseKernels.Unary<float, TFloat>(single, x, z);
        else ElementwiseKernels.Unary<double, TDouble>(wide, x, z);
    }

    /// <summary>dx = f(g, x), all in row-major order.</summary>
    public static void Backward<TFloat, TDouble>(TFloat single, TDouble wide, Operand gradient, Operand x, Operand dx)
        where TFloat : struct, IBinaryOperator<float> where TDouble : struct, IBinaryOperator<double>
    {
        if (dx.DType == DType.Float32) Kernel.Binary(single, dx.Count, gradient.As<float>(), x.As<float>(), dx.As<float>());
        else Kernel.Binary(wide, dx.Count, gradient.As<double>(), x.As<double>(), dx.As<double>());
    }
}
