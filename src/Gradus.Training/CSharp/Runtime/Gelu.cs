using System.Runtime.CompilerServices;

namespace Gradus.Exported;

/// <summary>x·Φ(x) = max(x, 0) − a·Φ(−a) with a = |x|.</summary>
internal readonly struct Gelu : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<S, V>(V x) where S : ILanes<V> where V : struct
    {
        V a = S.Abs(x), limit = S.Create(15), round = S.Create(12582912f);
        a = S.Select(S.Less(limit, a), limit, a);
        // e^(−a²/2) = p·2ⁿ.
        var n = S.Subtract(S.Add(S.Multiply(S.Multiply(a, a), S.Create(-0.7213475204444817f)), round), round);
        var r = S.MultiplyAdd(a, a, S.Multiply(n, S.Create(1.38671875f)));
        r = S.MultiplyAdd(n, S.Create(-4.24388880109416e-4f), r);
        var p = S.MultiplyAdd(S.Create(2.197238028322114e-05f), r, S.Create(-0.0002618530925800493f));
        p = S.MultiplyAdd(p, r, S.Create(0.002604047094775607f));
        p = S.MultiplyAdd(p, r, S.Create(-0.02083295203480374f));
        p = S.MultiplyAdd(p, r, S.Create(0.1250000110643299f));
        p = S.MultiplyAdd(p, r, S.Create(-0.500000025293275f));
        p = S.MultiplyAdd(p, r, S.Create(1));
        // Φ(−a)·e^(a²/2)·(a + 2.5), a polynomial in s = a/(a + 2.5).
        var s = S.Multiply(a, S.Divide(S.Create(1), S.Add(a, S.Create(2.5f))));
        var q = S.MultiplyAdd(S.Create(-0.032951128538014046f), s, S.Create(0.06181198773675422f));
        q = S.MultiplyAdd(q, s, S.Create(0.02099880311582694f));
        q = S.MultiplyAdd(q, s, S.Create(-0.051652129178450634f));
        q = S.MultiplyAdd(q, s, S.Create(-0.021865705529147357f));
        q = S.MultiplyAdd(q, s, S.Create(-0.08942640544902297f));
        q = S.MultiplyAdd(q, s, S.Create(0.04224616718477877f));
        q = S.MultiplyAdd(q, s, S.Create(0.2936565657035423f));
        q = S.MultiplyAdd(q, s, S.Create(0.16949301324178653f));
        q = S.MultiplyAdd(q, s, S.Create(-1.2433897309118422f));
        q = S.MultiplyAdd(q, s, S.Create(1.2500000017066344f));
        var tail = Functions.Scale<S, V>(S.Multiply(p, S.Multiply(s, q)), n);
        return S.Subtract(S.Select(S.Less(x, S.Create(0)), S.Create(-0f), x), tail);
    }
}
