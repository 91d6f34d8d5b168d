using System.Buffers.Binary;

namespace Gradus.Training;

/// <summary>The weights of a network in the order in which its code reads them, each part at a multiple of 16 numbers.</summary>
internal sealed class WeightStore
{
    private const int Multiple = 16;
    private const int Panel = 32;

    private readonly List<float> _numbers = [];

    /// <summary>How many numbers there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>A size, rounded up to whole vectors.</summary>
    public static int Rounded(int size) => checked(size + Multiple - 1) / Multiple * Multiple;

    /// <summary>Keeps numbers, with zeros up to whole vectors, and gives them as C#.</summary>
    public string Add(ReadOnlySpan<float> numbers)
    {
        var at = _numbers.Count;
        _numbers.AddRange(numbers);
        while (_numbers.Count % Multiple != 0) _numbers.Add(0);
        return Code(at);
    }

    /// <summary>Keeps a matrix [outputs, terms] in the panels that products read: 32 outputs of each term side by side.</summary>
    public string AddPanels(ReadOnlySpan<float> matrix, int outputs, int terms)
    {
        var at = _numbers.Count;
        var pitch = Rounded(outputs);
        for (var first = 0; first < pitch; first += Panel)
        {
            for (var term = 0; term < terms; term++)
            {
                for (var output = first; output < Math.Min(first + Panel, pitch); output++)
                    _numbers.Add(output < outputs ? matrix[(output * terms) + term] : 0);
            }
        }

        return Code(at);
    }

    /// <summary>All of it as float32, the low byte first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[checked(4 * _numbers.Count)];
        for (var index = 0; index < _numbers.Count; index++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * index), _numbers[index]);
        return bytes;
    }

    private string Code(int at) => CodeText.Of($"Weights({at}, {_numbers.Count - at})");
}
