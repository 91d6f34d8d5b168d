namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Random numbers uniform in [0, 1).</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="dtype">A floating-point type; f16 and bf16 are rounded from f32.</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The element type is not floating point.</exception>
    public static Tensor Rand(Shape shape, DType dtype = DType.Float32, Generator? generator = null)
    {
        if (dtype.IsHalf) return Rand(shape, DType.Float32, generator).To(dtype);
        var tensor = RandomTarget("rand", shape, dtype);
        RandomKernels.Uniform(tensor, generator ?? Generator.Default);
        return tensor;
    }

    /// <summary>Random numbers, normal with mean 0 and deviation 1.</summary>
    /// <inheritdoc cref="Rand" path="/param"/>
    /// <exception cref="GradusException">The element type is not floating point.</exception>
    public static Tensor Randn(Shape shape, DType dtype = DType.Float32, Generator? generator = null)
    {
        if (dtype.IsHalf) return Randn(shape, DType.Float32, generator).To(dtype);
        var tensor = RandomTarget("randn", shape, dtype);
        RandomKernels.Normal(tensor, generator ?? Generator.Default);
        return tensor;
    }

    private static Tensor RandomTarget(string operation, Shape shape, DType dtype)
    {
        if (!dtype.IsFloat) throw new GradusException($"{operation}: {dtype.ShortName} is not floating point. Draw f32 or f64 and convert it with To().");
        var tensor = Allocate(new Meta(shape, dtype));
        tensor.Own(TensorScope.Current);
        return tensor;
    }
}
