namespace Gradus.Exported;

/// <summary>A function of one number.</summary>
internal interface IFunction
{
    static abstract V Of<S, V>(V x) where S : ILanes<V> where V : struct;
}
