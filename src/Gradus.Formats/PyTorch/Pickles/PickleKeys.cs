using System.Numerics;

namespace Gradus.Formats;

/// <summary>
/// When two keys of a dictionary are one: numbers and texts by their value, all else by itself. Hashes are salted, so that no file can choose keys that fall
/// into one place and take forever.
/// </summary>
internal sealed class PickleKeys : IEqualityComparer<object>, IEqualityComparer<long>
{
    public static readonly PickleKeys Comparer = new();

    private PickleKeys()
    {
    }

    public new bool Equals(object? x, object? y) => (x, y) switch
    {
        (string a, string b) => a == b,
        (long a, long b) => a == b,
        (bool a, bool b) => a == b,
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        (BigInteger a, BigInteger b) => a == b,
        _ => ReferenceEquals(x, y),
    };

    public int GetHashCode(object key) => key switch
    {
        string text => text.GetHashCode(StringComparison.Ordinal),
        long number => GetHashCode(number),
        bool flag => flag ? 1 : 0,
        double real => GetHashCode(BitConverter.DoubleToInt64Bits(real)),
        BigInteger big => HashOf(big),
        _ => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key),
    };

    public bool Equals(long x, long y) => x == y;

    public int GetHashCode(long key) => HashCode.Combine((int)key, (int)(key >> 32));

    private static int HashOf(BigInteger big)
    {
        var hash = new HashCode();
        hash.AddBytes(big.ToByteArray());
        return hash.ToHashCode();
    }
}
