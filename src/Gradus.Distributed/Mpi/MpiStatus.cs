using System.Runtime.InteropServices;

namespace Gradus.Distributed;

/// <summary>What Open MPI tells of a message that has arrived (<c>ompi_status_public_t</c>); read by MPI_Get_count alone.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct MpiStatus
{
    private readonly int _source, _tag, _error, _isCancelled;
    private readonly nuint _bytes;
}
