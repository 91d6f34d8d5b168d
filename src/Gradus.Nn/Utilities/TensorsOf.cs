using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>The tensors in what a module takes or gives: one, or a tuple or list of them, however deep.</summary>
internal static class TensorsOf
{
    public static IEnumerable<Tensor> All(object? value) => value switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(index => All(tuple[index])),
        IReadOnlyCollection<Tensor> tensors => tensors,
        _ => [],
    };
}
