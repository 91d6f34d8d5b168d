namespace Gradus.Nn;

/// <summary>How the first values of a parameter are drawn.</summary>
/// <remarks>Fans of a shape [out, in, …]: fan in = in · (product of the rest), fan out = out · (product of the rest).</remarks>
public abstract record Init
{
    private protected Init()
    {
    }

    /// <summary>All zeros.</summary>
    public static Init Zeros { get; } = new Constant(0);

    /// <summary>All ones.</summary>
    public static Init Ones { get; } = new Constant(1);

    /// <summary>Every element one value.</summary>
    public static Init Value(double value) => new Constant(value);

    /// <summary>Uniform in [low, high).</summary>
    public static Init Uniform(double low, double high) => new UniformInit(_ => (low, high), FormattableString.Invariant($"Uniform({low}, {high})"));

    /// <summary>Normal with a mean and a standard deviation.</summary>
    public static Init Normal(double mean = 0, double deviation = 1) => new NormalInit(mean, _ => deviation, FormattableString.Invariant($"Normal({mean}, {deviation})"));

    /// <summary>Uniform in ±gain·√(3 / fan in): keeps the variance of activations. He et al., "Delving deep into rectifiers", 2015.</summary>
    /// <param name="gain">√2 for ReLU, 1 for linear; the default.</param>
    public static Init KaimingUniform(double gain = 1.4142135623730951) => new UniformInit(shape => Symmetric(gain * Math.Sqrt(3.0 / FanIn(shape))), FormattableString.Invariant($"KaimingUniform({gain})"));

    /// <summary>Normal with deviation gain / √fan in.</summary>
    /// <inheritdoc cref="KaimingUniform"/>
    public static Init KaimingNormal(double gain = 1.4142135623730951) => new NormalInit(0, shape => gain / Math.Sqrt(FanIn(shape)), FormattableString.Invariant($"KaimingNormal({gain})"));

    /// <summary>Uniform in ±gain·√(6 / (fan in + fan out)). Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.</summary>
    /// <param name="gain">1 for sigmoid and linear, 5/3 for tanh.</param>
    public static Init XavierUniform(double gain = 1) => new UniformInit(shape => Symmetric(gain * Math.Sqrt(6.0 / (FanIn(shape) + FanOut(shape)))), FormattableString.Invariant($"XavierUniform({gain})"));

    /// <summary>Normal with deviation gain·√(2 / (fan in + fan out)).</summary>
    /// <inheritdoc cref="XavierUniform"/>
    public static Init XavierNormal(double gain = 1) => new NormalInit(0, shape => gain * Math.Sqrt(2.0 / (FanIn(shape) + FanOut(shape))), FormattableString.Invariant($"XavierNormal({gain})"));

    /// <summary>Uniform in ±1 / √n: what PyTorch's linear layers begin with, n being their number of inputs.</summary>
    public static Init InverseSquareRoot(int n) => new UniformInit(_ => Symmetric(1 / Math.Sqrt(Math.Max(n, 1))), $"InverseSquareRoot({n})");

    /// <summary>Draws a tensor of float32.</summary>
    public abstract Tensor Create(Shape shape, Generator generator);

    private static (double Low, double High) Symmetric(double bound) => (-bound, bound);

    private static double FanIn(Shape shape) => shape.Rank < 2 ? throw NoFan(shape) : Math.Max(1, (double)shape.ElementCount / Math.Max(shape[0], 1));

    private static double FanOut(Shape shape) => shape.Rank < 2 ? throw NoFan(shape) : Math.Max(1, (double)shape.ElementCount / Math.Max(shape[1], 1));

    private static GradusException NoFan(Shape shape) => new($"init: {shape} has no fans; Kaiming and Xavier need at least two axes. Use Uniform, Normal or Zeros.");

    private sealed record Constant(double Number) : Init
    {
        public override Tensor Create(Shape shape, Generator generator) => Tensor.Full(shape, Number);
    }

    private sealed record UniformInit(Func<Shape, (double Low, double High)> Bounds, string Text) : Init
    {
        public override Tensor Create(Shape shape, Generator generator)
        {
            var (low, high) = Bounds(shape);
            return (Tensor.Rand(shape, DType.Float32, generator) * (high - low)) + low;
        }

        public override string ToString() => Text;
    }

    private sealed record NormalInit(double Mean, Func<Shape, double> Deviation, string Text) : Init
    {
        public override Tensor Create(Shape shape, Generator generator) => (Tensor.Randn(shape, DType.Float32, generator) * Deviation(shape)) + Mean;

        public override string ToString() => Text;
    }
}
