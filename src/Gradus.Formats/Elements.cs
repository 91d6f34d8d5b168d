using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus.Formats;

/// <summary>How numbers lie in a file, little-endian. Those that a tensor cannot hold are widened as they are read.</summary>
internal enum ElementType
{
    Bool,
    UInt8,
    Int8,
    Int16,
    UInt16,
    Int32,
    Int64,
    Float16,
    BFloat16,
    Float32,
    Float64,
}

/// <summary>A tensor's numbers to and from a stream, without a copy of the whole.</summary>
internal static class Elements
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Bytes an element takes in the file.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
        ElementType.Int16 or ElementType.UInt16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Int32 or ElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>The element type of a tensor as it is written.</summary>
    public static ElementType Of(DType dtype) => dtype switch
    {
        DType.Bool => ElementType.Bool,
        DType.Int32 => ElementType.Int32,
        DType.Int64 => ElementType.Int64,
        DType.Float16 => ElementType.Float16,
        DType.BFloat16 => ElementType.BFloat16,
        DType.Float32 => ElementType.Float32,
        _ => ElementType.Float64,
    };

    /// <summary>Writes the numbers in row-major order.</summary>
    public static void Write(Stream stream, Tensor tensor) => Walk(tensor, stream.Write);

    /// <summary>The checksum of the bytes that <see cref="Write"/> writes.</summary>
    public static uint Checksum(Tensor tensor)
    {
        var checksum = new Crc32();
        Walk(tensor, checksum.Append);
        return checksum.Value;
    }

    /// <summary>Reads a tensor. The caller has made sure that so many bytes can be there.</summary>
    /// <param name="stream">The numbers come next in it.</param>
    /// <param name="type">How they lie there.</param>
    /// <param name="shape">The sizes of the tensor.</param>
    /// <param name="what">What error messages call it.</param>
    /// <param name="keepsHalf">Whether numbers of 16 bits stay what they are, and do not become float32.</param>
    /// <exception cref="InvalidDataException">The stream ends early, or a bool is neither 0 nor 1.</exception>
    public static Tensor Read(Stream stream, ElementType type, Shape shape, string what, bool keepsHalf = false)
    {
        RequireLittleEndian();
        var tensor = Tensor.Allocate(new Meta(shape, Held(type, keepsHalf)));
        tensor.Own(TensorScope.Current);
        try
        {
            if (SizeOf(type) == tensor.DType.Size) ReadAsIs(stream, tensor, what);
            else ReadWidened(stream, type, tensor);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{what}: the data end before its {tensor.Count} elements were read.");
        }

        GC.KeepAlive(tensor);
        return tensor;
    }

    private static void Walk(Tensor tensor, Action<ReadOnlySpan<byte>> act)
    {
        RequireLittleEndian();
        var dense = tensor.Detach().Contiguous();
        var total = dense.Count * dense.DType.Size;
        for (var from = 0L; from < total; from += ChunkBytes) act(Bytes(dense, from, (int)Math.Min(ChunkBytes, total - from)));
        GC.KeepAlive(dense);
    }

    /// <summary>The element type of the tensor that numbers of a file become.</summary>
    public static DType Held(ElementType type, bool keepsHalf) => type switch
    {
        ElementType.Bool => DType.Bool,
        ElementType.Float16 when keepsHalf => DType.Float16,
        ElementType.BFloat16 when keepsHalf => DType.BFloat16,
        ElementType.UInt8 or ElementType.Int8 or ElementType.Int16 or ElementType.UInt16 or ElementType.Int32 => DType.Int32,
        ElementType.Int64 => DType.Int64,
        ElementType.Float64 => DType.Float64,
        _ => DType.Float32,
    };

    private static void ReadAsIs(Stream stream, Tensor tensor, string what)
    {
        var total = tensor.Count * tensor.DType.Size;
        for (var from = 0L; from < total; from += ChunkBytes)
        {
            var chunk = Bytes(tensor, from, (int)Math.Min(ChunkBytes, total - from));
            stream.ReadExactly(chunk);
            // Kernels count on 0 and 1: any other byte would be true to one of them and false to the next.
            if (tensor.DType != DType.Bool || chunk.IndexOfAnyExcept((byte)0, (byte)1) is not (>= 0 and var at)) continue;
            throw new InvalidDataException($"{what}: bool element {from + at} is the byte {chunk[at]}, expected 0 or 1.");
        }
    }

    private static void ReadWidened(Stream stream, ElementType type, Tensor tensor)
    {
        var size = SizeOf(type);
        var buffer = new byte[Math.Min(ChunkBytes, tensor.Count * size)];
        for (var from = 0L; from < tensor.Count;)
        {
            var count = (int)Math.Min(buffer.Length / size, tensor.Count - from);
            var source = buffer.AsSpan(0, count * size);
            stream.ReadExactly(source);
            var target = Bytes(tensor, from * sizeof(float), count * sizeof(float));
            if (tensor.DType == DType.Float32) Widen(type, source, MemoryMarshal.Cast<byte, float>(target));
            else Widen(type, source, MemoryMarshal.Cast<byte, int>(target));
            from += count;
        }
    }

    private static void Widen(ElementType type, ReadOnlySpan<byte> source, Span<float> target)
    {
        for (var index = 0; index < target.Length; index++)
        {
            var bits = BinaryPrimitives.ReadUInt16LittleEndian(source[(2 * index)..]);
            // A bfloat16 is the upper half of a float32.
            target[index] = type == ElementType.Float16 ? (float)BitConverter.UInt16BitsToHalf(bits) : BitConverter.UInt32BitsToSingle((uint)bits << 16);
        }
    }

    private static void Widen(ElementType type, ReadOnlySpan<byte> source, Span<int> target)
    {
        for (var index = 0; index < target.Length; index++)
        {
            target[index] = type switch
            {
                ElementType.UInt8 => source[index],
                ElementType.Int8 => (sbyte)source[index],
                ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(source[(2 * index)..]),
                _ => BinaryPrimitives.ReadUInt16LittleEndian(source[(2 * index)..]),
            };
        }
    }

    /// <summary>A piece of a dense tensor's memory, so that tensors beyond the length of a span can be read and written.</summary>
    private static Span<byte> Bytes(Tensor tensor, long from, int length) =>
        MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref tensor.Storage.Origin, (tensor.Layout.Offset * tensor.DType.Size) + (nint)from), length);

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Files of tensors are little-endian; this machine is not.");
    }
}
