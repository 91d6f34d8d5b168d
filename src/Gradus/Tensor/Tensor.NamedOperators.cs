namespace Gradus;

/// <content>The operators by name, where a chain of calls or a method group wants one.</content>
public sealed partial class Tensor
{
    /// <summary>x + y, broadcasting.</summary>
    public Tensor Add(Tensor y) => this + y;

    /// <inheritdoc cref="Add(Tensor)"/>
    public Tensor Add(double y) => this + y;

    /// <inheritdoc cref="Add(Tensor)"/>
    public Tensor Add(long y) => this + y;

    /// <summary>x − y, broadcasting.</summary>
    public Tensor Subtract(Tensor y) => this - y;

    /// <inheritdoc cref="Subtract(Tensor)"/>
    public Tensor Subtract(double y) => this - y;

    /// <inheritdoc cref="Subtract(Tensor)"/>
    public Tensor Subtract(long y) => this - y;

    /// <summary>x · y, element by element, broadcasting.</summary>
    public Tensor Multiply(Tensor y) => this * y;

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public Tensor Multiply(double y) => this * y;

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public Tensor Multiply(long y) => this * y;

    /// <summary>x / y, broadcasting; of whole numbers a fraction.</summary>
    public Tensor Divide(Tensor y) => this / y;

    /// <inheritdoc cref="Divide(Tensor)"/>
    public Tensor Divide(double y) => this / y;

    /// <inheritdoc cref="Divide(Tensor)"/>
    public Tensor Divide(long y) => this / y;

    /// <summary>−x.</summary>
    public Tensor Negate() => -this;

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
