using System.Buffers.Binary;

namespace Gradus.Data;

/// <summary>The sizes and components of a JPEG picture.</summary>
internal sealed class JpegFrame
{
    private JpegFrame(int width, int height, bool isProgressive, JpegComponent[] components)
    {
        (Width, Height, IsProgressive, Components) = (width, height, isProgressive, components);
        MostAcross = components.Max(static component => component.Across);
        MostDown = components.Max(static component => component.Down);
        UnitsAcross = (width + (8 * MostAcross) - 1) / (8 * MostAcross);
        UnitsDown = (height + (8 * MostDown) - 1) / (8 * MostDown);
        foreach (var component in components) component.Measure(width, height, MostAcross, MostDown);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Whether each scan gives some bits of all blocks, instead of all bits of one block after another.</summary>
    public bool IsProgressive { get; }

    public JpegComponent[] Components { get; }

    public int MostAcross { get; }

    public int MostDown { get; }

    /// <summary>Units, which hold blocks of all components, in a row.</summary>
    public int UnitsAcross { get; }

    public int UnitsDown { get; }

    /// <summary>Reads the header of a frame and takes the memory for its components.</summary>
    public static JpegFrame Read(ReadOnlySpan<byte> segment, bool isProgressive, DecodingLimit limit)
    {
        if (segment.Length < 6 || segment.Length != 6 + (3 * segment[5])) throw new InvalidDataException($"its frame has a header of {segment.Length} bytes.");
        if (segment[0] != 8) throw new InvalidDataException($"it has {segment[0]} bits a sample; expected 8.");
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (segment[5] is not (1 or 3 or 4)) throw new InvalidDataException($"it has {segment[5]} components; expected 1, 3 or 4.");
        var components = new JpegComponent[segment[5]];
        for (var index = 0; index < components.Length; index++)
        {
            var told = segment.Slice(6 + (3 * index), 3);
            var (across, down) = (told[1] >> 4, told[1] & 15);
            if (across is < 1 or > 4 || down is < 1 or > 4 || told[2] > 3)
            {
                throw new InvalidDataException(
                    $"component {index} has {across} × {down} samples and quantization table {told[2]}; expected 1 to 4, and 0 to 3.");
            }

            components[index] = new JpegComponent(told[0], across, down, told[2]);
        }

        // A component alone is not sampled: whatever it says, a unit is one block of it.
        if (components is [var only]) components = [new JpegComponent(only.Id, 1, 1, only.Table)];
        // Sizes that are none are refused before anything is divided by them.
        limit.Require(width, height, 0);
        var frame = new JpegFrame(width, height, isProgressive, components);
        var samples = components.Sum(static component => 64L * component.BlocksAcross * component.BlocksDown);
        limit.Require(width, height, (samples * (isProgressive ? 3 : 1)) + ((Int128)width * height * (components.Length == 1 ? 1 : 3)));
        foreach (var component in components)
        {
            if (frame.MostAcross % component.Across != 0 || frame.MostDown % component.Down != 0)
            {
                throw new InvalidDataException("its components have numbers of samples that are no multiples of each other.");
            }

            component.Allocate(isProgressive);
        }

        return frame;
    }
}
