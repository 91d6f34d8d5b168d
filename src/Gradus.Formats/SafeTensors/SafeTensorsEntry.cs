namespace Gradus.Formats;

/// <summary>What a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">Its element type, in the format's word: F32, BF16, I64, ….</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="Begin">Where its bytes begin, counted from <see cref="SafeTensorsHeader.DataStart"/>.</param>
/// <param name="End">Where they end.</param>
public sealed record SafeTensorsEntry(string Name, string DType, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>The CRC-32 of its bytes that the file says, as it stood when they were written; null where the file says none.</summary>
    public uint? Checksum { get; init; }

    /// <summary>Written as one would type it: <c>0.weight F32[512,784] at 0…1605632</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} {DType}[{string.Join(",", Shape)}] at {Begin}…{End}");
}
