using System.Runtime.CompilerServices;

namespace Gradus.Exported;

/// <summary>max(x, 0).</summary>
internal readonly struct Relu : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<S, V>(V x) where S : ILanes<V> where V : struct => S.Select(S.Less(x, S.Create(0)), S.Create(0), x);
}
