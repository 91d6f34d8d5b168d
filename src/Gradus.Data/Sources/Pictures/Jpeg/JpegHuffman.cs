namespace Gradus.Data;

/// <summary>A Huffman code of a JPEG picture: from codes of 1 to 16 bits to bytes. ITU-T T.81, annex C and F.2.2.3.</summary>
internal sealed class JpegHuffman
{
    private const int FastBits = 9;

    private readonly byte[] _values;

    // By the next bits: the length of the code and its value, or 0 where it is longer.
    private readonly ushort[] _fast = new ushort[1 << FastBits];

    // For each length the largest code, and what is added to a code for the place of its value.
    private readonly int[] _most = new int[17];
    private readonly int[] _shift = new int[17];

    /// <param name="counts">How many codes there are of each length, from 1.</param>
    /// <param name="values">The values in the order of their codes.</param>
    /// <exception cref="InvalidDataException">There are more codes of a length than it has room for.</exception>
    public JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        _values = values.ToArray();
        int code = 0, place = 0;
        for (var length = 1; length <= 16; length++)
        {
            var count = counts[length - 1];
            (_shift[length], _most[length]) = (place - code, code + count - 1);
            if (code + count > 1 << length) throw new InvalidDataException($"its Huffman table has too many codes of {length} bits.");
            for (var index = 0; index < count; index++, code++, place++)
            {
                if (length > FastBits) continue;
                _fast.AsSpan(code << (FastBits - length), 1 << (FastBits - length)).Fill((ushort)((length << 8) | _values[place]));
            }

            code <<= 1;
        }
    }

    /// <summary>Reads the next code.</summary>
    public int Read(JpegBits bits)
    {
        var next = bits.Peek16();
        if (_fast[next >> (16 - FastBits)] is > 0 and var found)
        {
            bits.Drop(found >> 8);
            return found & 0xFF;
        }

        for (var length = FastBits + 1; length <= 16; length++)
        {
            var code = next >> (16 - length);
            if (code > _most[length]) continue;
            bits.Drop(length);
            var place = code + _shift[length];
            return (uint)place < (uint)_values.Length ? _values[place] : throw bits.Damaged();
        }

        throw bits.Damaged();
    }
}
