namespace Gradus.Formats;

/// <summary>Reads and writes NumPy's .npy files: one array each.</summary>
/// <remarks>
/// Read: versions 1 to 3, little-endian f2, f4, f8, i1, i2, i4, i8, u1, u2 and bool, in C or Fortran order; f2 becomes f32, and integers below 32 bits become
/// i32. Written: version 1, C order. Arrays of Python objects are refused: opening them would mean running code.
/// </remarks>
public static class NpyFile
{
    /// <summary>Writes a tensor. The file is there whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensor">The tensor.</param>
    public static void Write(string path, Tensor tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Write(stream, tensor));
    }

    /// <summary>Writes a tensor to a stream.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensor);
        stream.Write(NpyHeader.Bytes(tensor));
        Elements.Write(stream, tensor);
    }

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds a type that a tensor cannot; the message says where.</exception>
    public static Tensor Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, stream.Length, path);
    }

    /// <summary>Reads a tensor from a stream that can seek, up to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static Tensor Read(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, stream.Length - stream.Position, name);
    }

    /// <summary>Reads a tensor from the next <paramref name="length"/> bytes, all of which it must fill.</summary>
    internal static Tensor Read(Stream stream, long length, string name, bool keepsHalf = false) =>
        ReadNumbers(stream, NpyHeader.Read(stream, length, name), name, keepsHalf);

    /// <summary>Reads the numbers behind a header.</summary>
    internal static Tensor ReadNumbers(Stream stream, NpyHeader header, string name, bool keepsHalf = false)
    {
        if (!header.IsFortran) return Elements.Read(stream, header.Type, header.Shape, name, keepsHalf);
        // Column-major order is the row-major order of the transpose.
        var sizes = header.Shape.ToArray();
        Array.Reverse(sizes);
        var transpose = Elements.Read(stream, header.Type, Shape.Adopt(sizes), name, keepsHalf);
        int[] order = [.. Enumerable.Range(0, sizes.Length).Reverse()];
        return transpose.Permute(order).Contiguous();
    }
}
