namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Where x is below y.</summary>
    public static Tensor operator <(Tensor x, Tensor y) => Ops.Less.Apply(x, y, default);

    /// <summary>Where x is above y.</summary>
    public static Tensor operator >(Tensor x, Tensor y) => Ops.Greater.Apply(x, y, default);

    /// <summary>Where x is at most y.</summary>
    public static Tensor operator <=(Tensor x, Tensor y) => Ops.LessOrEqual.Apply(x, y, default);

    /// <summary>Where x is at least y.</summary>
    public static Tensor operator >=(Tensor x, Tensor y) => Ops.GreaterOrEqual.Apply(x, y, default);

    /// <summary>Where x is below the number y. Whole numbers are compared exactly.</summary>
    public static Tensor operator <(Tensor x, double y) => Ops.Less.With(Given(x), y);

    /// <inheritdoc cref="op_LessThan(Tensor, double)"/>
    public static Tensor operator <(Tensor x, long y) => Ops.Less.With(Given(x), y);

    /// <summary>Where x is above the number y. Whole numbers are compared exactly.</summary>
    public static Tensor operator >(Tensor x, double y) => Ops.Greater.With(Given(x), y);

    /// <inheritdoc cref="op_GreaterThan(Tensor, double)"/>
    public static Tensor operator >(Tensor x, long y) => Ops.Greater.With(Given(x), y);

    /// <summary>Where x is at most the number y. Whole numbers are compared exactly.</summary>
    public static Tensor operator <=(Tensor x, double y) => Ops.LessOrEqual.With(Given(x), y);

    /// <inheritdoc cref="op_LessThanOrEqual(Tensor, double)"/>
    public static Tensor operator <=(Tensor x, long y) => Ops.LessOrEqual.With(Given(x), y);

    /// <summary>Where x is at least the number y. Whole numbers are compared exactly.</summary>
    public static Tensor operator >=(Tensor x, double y) => Ops.GreaterOrEqual.With(Given(x), y);

    /// <inheritdoc cref="op_GreaterThanOrEqual(Tensor, double)"/>
    public static Tensor operator >=(Tensor x, long y) => Ops.GreaterOrEqual.With(Given(x), y);

    /// <summary>Where x equals y; the result is bool, broadcasting.</summary>
    public Tensor Equal(Tensor y) => Ops.Equal.Apply(this, y, default);

    /// <summary>Where x equals the number y. Whole numbers are compared exactly.</summary>
    public Tensor Equal(double y) => Ops.Equal.With(this, y);

    /// <inheritdoc cref="Equal(double)"/>
    public Tensor Equal(long y) => Ops.Equal.With(this, y);

    /// <summary>Where x differs from y; the result is bool, broadcasting.</summary>
    public Tensor NotEqual(Tensor y) => Ops.NotEqual.Apply(this, y, default);

    /// <summary>Where x differs from the number y. Whole numbers are compared exactly.</summary>
    public Tensor NotEqual(double y) => Ops.NotEqual.With(this, y);

    /// <inheritdoc cref="NotEqual(double)"/>
    public Tensor NotEqual(long y) => Ops.NotEqual.With(this, y);

    /// <summary>Where x &lt; y, broadcasting. False for NaN.</summary>
    public Tensor Less(Tensor y) => this < y;

    /// <inheritdoc cref="Less(Tensor)"/>
    public Tensor Less(double y) => this < y;

    /// <inheritdoc cref="Less(Tensor)"/>
    public Tensor Less(long y) => this < y;

    /// <summary>Where x ≤ y, broadcasting. False for NaN.</summary>
    public Tensor LessOrEqual(Tensor y) => this <= y;

    /// <inheritdoc cref="LessOrEqual(Tensor)"/>
    public Tensor LessOrEqual(double y) => this <= y;

    /// <inheritdoc cref="LessOrEqual(Tensor)"/>
    public Tensor LessOrEqual(long y) => this <= y;

    /// <summary>Where x &gt; y, broadcasting. False for NaN.</summary>
    public Tensor Greater(Tensor y) => this > y;

    /// <inheritdoc cref="Greater(Tensor)"/>
    public Tensor Greater(double y) => this > y;

    /// <inheritdoc cref="Greater(Tensor)"/>
    public Tensor Greater(long y) => this > y;

    /// <summary>Where x ≥ y, broadcasting. False for NaN.</summary>
    public Tensor GreaterOrEqual(Tensor y) => this >= y;

    /// <inheritdoc cref="GreaterOrEqual(Tensor)"/>
    public Tensor GreaterOrEqual(double y) => this >= y;

    /// <inheritdoc cref="GreaterOrEqual(Tensor)"/>
    public Tensor GreaterOrEqual(long y) => this >= y;
}
