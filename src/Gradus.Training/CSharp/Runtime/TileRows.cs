using System.Runtime.CompilerServices;

namespace Gradus.Exported;

/// <summary>The rows of a tile. Those that are missing at the end are the last one once more.</summary>
internal readonly record struct TileRows(int First, int Last, int Pitch)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint At(int index) => Math.Min(First + index, Last);
}
