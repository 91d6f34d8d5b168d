namespace Gradus.Formats;

/// <summary>What a zip archive's directory says of one of its parts, its own header having said the same.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDeflated">Whether it is compressed; else it lies there as it is.</param>
/// <param name="Checksum">The CRC-32 of its bytes.</param>
/// <param name="DataStart">Where in the file its data begin.</param>
/// <param name="CompressedLength">How many bytes they are there.</param>
/// <param name="Length">How many they are once decompressed.</param>
internal readonly record struct ZipPart(string Name, bool IsDeflated, uint Checksum, long DataStart, long CompressedLength, long Length)
{
    /// <summary>Where the data end.</summary>
    public long DataEnd => DataStart + CompressedLength;
}
