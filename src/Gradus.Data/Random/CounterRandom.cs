using System.Numerics;

namespace Gradus.Data;

/// <summary>
/// A counter-based random number generator (Philox4x32-10): its numbers follow from seed, stream name and index. So any sample can be drawn by
/// itself, on any thread, with the same bits.
/// </summary>
/// <remarks>A mutable struct: pass it by reference.</remarks>
internal struct CounterRandom
{
    private readonly ulong _key;
    private readonly ulong _index;
    private ulong _block;
    private ulong _first;
    private ulong _second;
    private int _left;

    /// <summary>Starts sequence <paramref name="index"/> of a named stream.</summary>
    public CounterRandom(ulong seed, string stream, ulong index)
    {
        _key = Mix(seed + Generator.Hash(stream));
        _index = index;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt()
    {
        if (_left == 0)
        {
            (_first, _second) = RandomKernels.Block(_key, _index, _block++);
            _left = 4;
        }

        var word = _left > 2 ? _first : _second;
        _left--;
        return (_left & 1) != 0 ? (uint)word : (uint)(word >> 32);
    }

    /// <summary>A uniform number in [0, 1), in steps of 2⁻³².</summary>
    public double NextDouble() => NextUInt() * (1.0 / 4294967296.0);

    /// <summary>A uniform number in [0, 1), in steps of 2⁻⁵³.</summary>
    public double NextFine()
    {
        var high = NextUInt() >> 5;
        return ((high * 67108864.0) + (NextUInt() >> 6)) * (1.0 / 9007199254740992.0);
    }

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Between(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>A uniform whole number in [0, <paramref name="bound"/>).</summary>
    public int Below(int bound)
    {
        // Lemire's multiplication: the rejected strip at the bottom is what would make some values likelier than others.
        var product = (ulong)NextUInt() * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            var strip = (uint)-bound % (uint)bound;
            while ((uint)product < strip) product = (ulong)NextUInt() * (uint)bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>
    /// An approximately normal number of mean 0 and standard deviation 1, within ±6. It is a sum of twelve uniform numbers, because the last bit of a
    /// logarithm differs between machines.
    /// </summary>
    public double NextBell()
    {
        ulong sum = 0;
        for (var i = 0; i < 12; i++) sum += NextUInt();
        return sum * (1.0 / 4294967296.0) - 6;
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ BitOperations.RotateRight(value, 31);
    }
}
