namespace Gradus.Nn;

/// <summary>How the first values of a parameter are drawn.</summary>
/// <remarks>
/// Fans of a shape [out, in, …]: fan in = in · (product of the rest), fan out = out · (product of the rest).
/// <para>One of your own derives from this record and writes <see cref="Create"/>; its settings are the record's:</para>
/// <code>
/// sealed record RandomSigns(double Scale = 1) : Init
/// {
///     public override Tensor Create(Shape shape, Generator generator) =>
///         (Tensor.Rand(shape, DType.Float32, generator) - 0.5).Sign() * (Scale / Math.Sqrt(FanIn(shape)));
/// }
/// </code>
/// </remarks>
public abstract partial record Init
{
    /// <summary>An initialization.</summary>
    protected Init()
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
    public static Init Normal(double mean = 0, double deviation = 1) =>
        new NormalInit(mean, _ => deviation, FormattableString.Invariant($"Normal({mean}, {deviation})"));

    /// <summary>Normal with a mean and a standard deviation, drawn again where outside [low, high].</summary>
    /// <exception cref="GradusException">The bounds are not in order, or less than about a hundredth of the draws fall between them.</exception>
    public static Init TruncatedNormal(double mean = 0, double deviation = 1, double low = -2, double high = 2)
    {
        if (!(low < high)) throw new GradusException(FormattableString.Invariant($"init: TruncatedNormal from {low} to {high}; the first must be less."));
        return new TruncatedNormalInit(mean, _ => deviation, low, high, FormattableString.Invariant($"TruncatedNormal({mean}, {deviation}, {low}, {high})"));
    }

    /// <summary>Uniform in ±gain·√(3 / fan in): keeps the variance of activations. He et al., "Delving deep into rectifiers", 2015.</summary>
    /// <param name="gain">√2 for ReLU, 1 for linear; the default. Others: <see cref="Gain"/>.</param>
    public static Init KaimingUniform(double gain = 1.4142135623730951) =>
        new UniformInit(shape => Symmetric(gain * Math.Sqrt(3.0 / FanIn(shape))), FormattableString.Invariant($"KaimingUniform({gain})"));

    /// <summary>Normal with deviation gain / √fan in.</summary>
    /// <inheritdoc cref="KaimingUniform"/>
    public static Init KaimingNormal(double gain = 1.4142135623730951) =>
        new NormalInit(0, shape => gain / Math.Sqrt(FanIn(shape)), FormattableString.Invariant($"KaimingNormal({gain})"));

    /// <summary>
    /// Uniform in ±gain·√(6 / (fan in + fan out)). Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
    /// </summary>
    /// <param name="gain">1 for sigmoid and linear, 5/3 for tanh.</param>
    public static Init XavierUniform(double gain = 1) =>
        new UniformInit(shape => Symmetric(gain * Math.Sqrt(6.0 / (FanIn(shape) + FanOut(shape)))), FormattableString.Invariant($"XavierUniform({gain})"));

    /// <summary>Normal with deviation gain·√(2 / (fan in + fan out)).</summary>
    /// <inheritdoc cref="XavierUniform"/>
    public static Init XavierNormal(double gain = 1) =>
        new NormalInit(0, shape => gain * Math.Sqrt(2.0 / (FanIn(shape) + FanOut(shape))), FormattableString.Invariant($"XavierNormal({gain})"));

    /// <summary>Uniform in ±√(3 / fan in): Kaiming's with gain 1. LeCun et al., "Efficient backprop", 1998; for <see cref="Tensor.Selu"/>.</summary>
    public static Init LecunUniform() => new UniformInit(static shape => Symmetric(Math.Sqrt(3.0 / FanIn(shape))), "LecunUniform()");

    /// <summary>Normal with deviation 1 / √fan in.</summary>
    /// <inheritdoc cref="LecunUniform"/>
    public static Init LecunNormal() => new NormalInit(0, static shape => 1 / Math.Sqrt(FanIn(shape)), "LecunNormal()");

    /// <summary>Of variance scale / n, n being a fan: what the named ones are cases of.</summary>
    /// <param name="scale">Above 0. Default 1.</param>
    /// <param name="fan">Which n. Default fan in.</param>
    /// <param name="distribution">Default truncated normal: cut at two deviations, and widened so that the variance is right.</param>
    /// <exception cref="GradusException">The scale is not above 0.</exception>
    public static Init VarianceScaling(double scale = 1, InitFan fan = InitFan.In, InitDistribution distribution = InitDistribution.TruncatedNormal)
    {
        if (!(scale > 0)) throw new GradusException(FormattableString.Invariant($"init: VarianceScaling's scale is {scale}, expected above 0."));
        var text = FormattableString.Invariant($"VarianceScaling({scale}, {fan}, {distribution})");
        double Deviation(Shape shape) => Math.Sqrt(
            scale / (fan switch { InitFan.In => FanIn(shape), InitFan.Out => FanOut(shape), _ => (FanIn(shape) + FanOut(shape)) / 2 }));
        return distribution switch
        {
            InitDistribution.Uniform => new UniformInit(shape => Symmetric(Math.Sqrt(3) * Deviation(shape)), text),
            InitDistribution.Normal => new NormalInit(0, Deviation, text),
            // The deviation of a normal distribution that is cut at two deviations is 0.8796 of the whole one's.
            _ => new TruncatedNormalInit(0, shape => Deviation(shape) / 0.87962566103423978, -2, 2, text) { BoundsAreDeviations = true },
        };
    }

    /// <summary>Uniform in ±1 / √n: what PyTorch's linear layers begin with, n being their number of inputs.</summary>
    public static Init InverseSquareRoot(int n) => new UniformInit(_ => Symmetric(1 / Math.Sqrt(Math.Max(n, 1))), $"InverseSquareRoot({n})");

    /// <summary>How much an activation narrows what passes through it: the gain that keeps variances as they are.</summary>
    /// <param name="activation">Which.</param>
    /// <param name="slope">The leaky ReLU's slope. Default 0.01.</param>
    public static double Gain(InitActivation activation, double slope = 0.01) => activation switch
    {
        InitActivation.Tanh => 5.0 / 3,
        InitActivation.Relu => Math.Sqrt(2),
        InitActivation.LeakyRelu => Math.Sqrt(2 / (1 + (slope * slope))),
        InitActivation.Selu => 0.75,
        _ => 1,
    };

    /// <summary>Draws the first values of a parameter.</summary>
    /// <param name="shape">Their shape.</param>
    /// <param name="generator">
    /// Where all random numbers are to come from: its stream follows from the network's seed and the parameter's path, so that a seed gives the same network.
    /// </param>
    /// <returns>A tensor of that shape, of float32; the parameter gets a copy in its own element type.</returns>
    public abstract Tensor Create(Shape shape, Generator generator);

    private static (double Low, double High) Symmetric(double bound) => (-bound, bound);

    /// <summary>Fan in of a shape [out, in, …]: in · (product of the rest), at least 1.</summary>
    /// <exception cref="GradusException">The shape has fewer than two axes.</exception>
    protected static double FanIn(Shape shape) => shape.Rank < 2 ? throw NoFan(shape) : Math.Max(1, (double)shape.ElementCount / Math.Max(shape[0], 1));

    /// <summary>Fan out of a shape [out, in, …]: out · (product of the rest), at least 1.</summary>
    /// <exception cref="GradusException">The shape has fewer than two axes.</exception>
    protected static double FanOut(Shape shape) => shape.Rank < 2 ? throw NoFan(shape) : Math.Max(1, (double)shape.ElementCount / Math.Max(shape[1], 1));

    private static GradusException NoFan(Shape shape) =>
        new($"init: {shape} has no fans; Kaiming and Xavier need at least two axes. Use Uniform, Normal or Zeros.");

    private sealed record Constant(double Number) : Init
    {
        public override Tensor Create(Shape shape, Generator generator) => Tensor.Full(shape, Number);

        public override string ToString() => FormattableString.Invariant($"Value({Number})");
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

    private sealed record TruncatedNormalInit(double Mean, Func<Shape, double> Deviation, double Low, double High, string Text) : Init
    {
        private const int Rounds = 2000;

        public bool BoundsAreDeviations { get; init; }

        public override Tensor Create(Shape shape, Generator generator)
        {
            var deviation = Deviation(shape);
            var (low, high) = BoundsAreDeviations ? (Low * deviation, High * deviation) : (Low, High);
            var values = Draw();
            for (var round = 0; round < Rounds; round++)
            {
                var isOutside = (values < low) | (values > high);
                if (!isOutside.Any().Item<bool>()) return values;
                values = Tensor.Where(isOutside, Draw(), values);
            }

            throw new GradusException($"init: {Text}: next to nothing of the distribution lies between the bounds.");

            Tensor Draw() => (Tensor.Randn(shape, DType.Float32, generator) * deviation) + Mean;
        }

        public override string ToString() => Text;
    }
}
