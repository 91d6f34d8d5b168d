using System.Security.Cryptography;

namespace Gradus.Tests.Battery;

/// <summary>Compares tensors bit by bit.</summary>
internal static class Bits
{
    /// <summary>How two tensors differ, or null.</summary>
    public static string? Differ(Tensor x, Tensor y)
    {
        if (x.Shape != y.Shape || x.DType != y.DType) return $"{x.Describe()} and {y.Describe()}";
        Tensor left = x.Contiguous(), right = y.Contiguous();
        if (left.Bytes().SequenceEqual(right.Bytes())) return null;
        double[] xs = left.ToArray<double>(), ys = right.ToArray<double>();
        var first = Enumerable.Range(0, xs.Length).FirstOrDefault(index => !xs[index].Equals(ys[index]));
        return FormattableString.Invariant($"element {first} is {xs[first]:R} and {ys[first]:R}");
    }

    /// <summary>Adds a tensor's bits to a hash.</summary>
    public static void Append(IncrementalHash hash, Tensor tensor)
    {
        var dense = tensor.Contiguous();
        hash.AppendData(dense.Bytes());
        GC.KeepAlive(dense);
    }
}
