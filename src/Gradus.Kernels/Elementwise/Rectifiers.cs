using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = scale·x above 0, else scale·alpha·(e^(inputScale·x) − 1): ELU, SELU and CELU.</summary>
internal readonly struct EluOperator(double alpha, double scale, double inputScale) : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var below = S.Select(S.Less(S.Zero, x), S.Zero, x);
        var curve = S.Multiply(Exponential.ExpMinusOne<T, S, V>(S.Multiply(below, S.Constant(inputScale))), S.Constant(alpha * scale));
        return S.Select(S.Less(S.Zero, x), S.Multiply(x, S.Constant(scale)), curve);
    }
}

/// <summary>dx = g·scale above 0, else g·scale·alpha·inputScale·e^(inputScale·x).</summary>
internal readonly struct EluBackwardOperator(double alpha, double scale, double inputScale) : IBinaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var below = S.Select(S.Less(S.Zero, x), S.Zero, x);
        var curve = S.Multiply(Exponential.Exp<T, S, V>(S.Multiply(below, S.Constant(inputScale))), S.Constant(alpha * scale * inputScale));
        return Chain.Multiply<T, S, V>(gradient, S.Select(S.Less(S.Zero, x), S.Constant(scale), curve));
    }
}

/// <summary>z = x above 0, else slope·x.</summary>
internal readonly struct LeakyReluOperator(double slope) : IUnaryOperator
{
    public static int Cost => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        return S.Select(S.Less(S.Zero, x), x, S.Multiply(x, S.Constant(slope)));
    }
}

/// <summary>dx = g above 0, else slope·g.</summary>
internal readonly struct LeakyReluBackwardOperator(double slope) : IBinaryOperator
{
    public static int Cost => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        return S.Select(S.Less(S.Zero, x), gradient, S.Multiply(gradient, S.Constant(slope)));
    }
}

/// <summary>z = ln(1 + e^(beta·x)) / beta, and x itself where beta·x is above the threshold.</summary>
internal readonly struct ScaledSoftplusOperator(double beta, double threshold) : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var scaled = S.Multiply(x, S.Constant(beta));
        var soft = S.Divide(default(SoftplusOperator).Invoke<T, S, V>(scaled), S.Constant(beta));
        return S.Select(S.Less(S.Constant(threshold), scaled), x, soft);
    }
}

/// <summary>dx = g·sigmoid(beta·x), and g where beta·x is above the threshold.</summary>
internal readonly struct ScaledSoftplusBackwardOperator(double beta, double threshold) : IBinaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var scaled = S.Multiply(x, S.Constant(beta));
        var soft = Chain.Multiply<T, S, V>(gradient, default(SigmoidOperator).Invoke<T, S, V>(scaled));
        return S.Select(S.Less(S.Constant(threshold), scaled), gradient, soft);
    }
}

/// <summary>z = ln(1 / (1 + e⁻ˣ)) = min(x, 0) − ln(1 + e^−|x|).</summary>
internal readonly struct LogSigmoidOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var tail = NaturalLogarithm.LogPlusOne<T, S, V>(Exponential.Exp<T, S, V>(S.Negate(S.Abs(x))));
        return S.Subtract(S.Select(S.Less(S.Zero, x), S.Zero, x), tail);
    }
}

/// <summary>dx = g·sigmoid(−x).</summary>
internal readonly struct LogSigmoidBackwardOperator : IBinaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        return Chain.Multiply<T, S, V>(gradient, default(SigmoidOperator).Invoke<T, S, V>(S.Negate(x)));
    }
}

/// <summary>z = x·min(max(x + 3, 0), 6) / 6.</summary>
internal readonly struct HardswishOperator : IUnaryOperator
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var gate = S.Add(x, S.Constant(3));
        gate = S.Select(S.Less(gate, S.Zero), S.Zero, gate);
        gate = S.Select(S.Less(S.Constant(6), gate), S.Constant(6), gate);
        // Far out the result is x or −0, where the product would overflow, or 0 · ∞ say NaN.
        var inside = S.Divide(S.Multiply(x, gate), S.Constant(6));
        return S.Select(S.Less(x, S.Constant(-3)), S.Constant(-0.0), S.Select(S.Less(S.Constant(1e30), x), x, inside));
    }
}

/// <summary>dx = 0 below −3, g above 3, g·(x/3 + ½) between.</summary>
internal readonly struct HardswishBackwardOperator : IBinaryOperator
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var slope = S.Add(S.Divide(x, S.Constant(3)), S.Constant(0.5));
        slope = S.Select(S.Less(S.Constant(3), x), S.Constant(1), slope);
        return Chain.Multiply<T, S, V>(gradient, S.Select(S.Less(x, S.Constant(-3)), S.Zero, slope));
    }
}
