using System.Runtime.CompilerServices;

namespace Gradus.Exported;

/// <summary>x / (1 + e⁻ˣ).</summary>
internal readonly struct Silu : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<S, V>(V x) where S : ILanes<V> where V : struct
    {
        V s = Functions.Exp<S, V>(S.Multiply(S.Abs(x), S.Create(-0.5f))), least = S.Create(-4096);
        var bounded = S.Select(S.Less(x, least), least, x);
        var above = S.Select(S.Less(x, S.Create(0)), S.Multiply(S.Multiply(bounded, s), s), x);
        return S.Divide(above, S.MultiplyAdd(s, s, S.Create(1)));
    }
}
