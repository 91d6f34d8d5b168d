using Gradus.Training;

namespace Gradus.Distributed;

/// <summary>Who sends what in a <see cref="ShardExchange"/>: every rank knows it of all, so that messages need no header. Holds the buffers.</summary>
internal sealed class ShardPlan
{
    // A cache line: two ranks' chunks then begin at places that vectors read well.
    private const int Alignment = 16;

    private readonly ShardNode _root;
    private readonly int _rank, _length;
    private readonly (int Start, int Length)[] _chunks;
    private readonly int[] _first; // of each rank the first of its parts, and their number at the end
    private readonly ShardSum[] _parts;

    public ShardPlan(ShardTree tree, int rank, int ranks, int length)
    {
        (_root, _rank, _length) = (tree.Root, rank, length);
        _chunks = [.. Enumerable.Range(0, ranks).Select(owner => (Begin(owner, ranks, length), Begin(owner + 1, ranks, length) - Begin(owner, ranks, length)))];
        _first = new int[ranks + 1];
        var parts = new List<ShardSum>();
        for (var other = 0; other < ranks; other++)
        {
            foreach (var node in tree.Cover(tree.OwnedBy(other, ranks)))
                parts.Add(new ShardSum(node, other == rank ? default : GC.AllocateUninitializedArray<float>(_chunks[rank].Length, pinned: true)));
            _first[other + 1] = parts.Count;
        }

        _parts = [.. parts];
    }

    public bool IsFor(ShardTree tree, int length) => tree.Root == _root && length == _length;

    /// <summary>The chunk of the vector that a rank adds.</summary>
    public (int Start, int Length) Chunk(int owner) => _chunks[owner];

    /// <summary>The sums of another rank for this rank's chunk.</summary>
    public ReadOnlySpan<ShardSum> PartsOf(int other) => _parts.AsSpan(_first[other].._first[other + 1]);

    /// <summary>The sums of all ranks for this rank's chunk, in the order of the shards.</summary>
    public IReadOnlyList<ShardSum> Parts(IReadOnlyList<ShardSum> own)
    {
        var (start, length) = _chunks[_rank];
        for (var i = 0; i < own.Count; i++) _parts[_first[_rank] + i] = own[i] with { Values = own[i].Values.Slice(start, length) };
        return _parts;
    }

    /// <exception cref="ArgumentException">The sums are not those of the shards of this rank, or have another length.</exception>
    public void Validate(IReadOnlyList<ShardSum> own)
    {
        var expected = PartsOf(_rank);
        var isRight = own.Count == expected.Length;
        for (var i = 0; isRight && i < own.Count; i++) isRight = own[i].Node == expected[i].Node;
        if (!isRight)
        {
            throw new ArgumentException(
                $"Rank {_rank} of {_chunks.Length} has sums of the shards {Names([.. own])}, expected {Names(expected)}.", nameof(own));
        }

        foreach (var sum in own)
        {
            if (sum.Values.Length != _length)
                throw new ArgumentException($"The sum of the shards {sum.Node} has {sum.Values.Length} values, expected {_length}.", nameof(own));
        }
    }

    private static string Names(ReadOnlySpan<ShardSum> sums) => sums.IsEmpty ? "none" : string.Join(", ", sums.ToArray().Select(static sum => sum.Node));

    private static int Begin(int owner, int ranks, int length)
    {
        var units = ((long)length + Alignment - 1) / Alignment;
        return (int)Math.Min(length, units * owner / ranks * Alignment);
    }
}
