using System.Runtime.CompilerServices;

namespace Gradus.Exported;

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct Sigmoid : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<S, V>(V x) where S : ILanes<V> where V : struct
    {
        var one = S.Create(1);
        var e = Functions.Exp<S, V>(S.Subtract(S.Create(-0f), S.Abs(x)));
        return S.Divide(S.Select(S.Less(x, S.Create(0)), e, one), S.Add(e, one));
    }
}
