using System.Runtime.CompilerServices;

namespace Gradus.Exported;

/// <summary>tanh x: a polynomial below 0.625, above it 1 − 2/(e²ˣ + 1).</summary>
internal readonly struct Tanh : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<S, V>(V x) where S : ILanes<V> where V : struct
    {
        V magnitude = S.Abs(x), one = S.Create(1);
        var sign = S.Xor(x, magnitude);
        var e = Functions.Exp<S, V>(S.Add(magnitude, magnitude));
        var large = S.Subtract(one, S.Divide(S.Create(2), S.Add(e, one)));
        var z = S.Multiply(magnitude, magnitude);
        var p = S.MultiplyAdd(S.Create(0.002144182035967888f), z, S.Create(-0.008179132382511741f));
        p = S.MultiplyAdd(p, z, S.Create(0.021701587667908254f));
        p = S.MultiplyAdd(p, z, S.Create(-0.05394696268434265f));
        p = S.MultiplyAdd(p, z, S.Create(0.13333207937307334f));
        p = S.MultiplyAdd(p, z, S.Create(-0.33333330862308846f));
        var small = S.MultiplyAdd(S.Multiply(z, magnitude), p, magnitude);
        return S.Or(S.Select(S.Less(magnitude, S.Create(0.625f)), small, large), sign);
    }
}
