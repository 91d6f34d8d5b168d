using System.Buffers;
using System.Globalization;

namespace Gradus.Distributed;

/// <summary>A message of MPI, in one piece, or in several where it has more bytes than MPI counts.</summary>
internal sealed unsafe class MpiTransfer : Transfer
{
    private readonly MpiLibrary _library;
    private readonly nint[] _requests;
    private readonly long _bytes;
    private readonly int _pieceBytes;
    private MemoryHandle _memory;
    private int _arrived;

    public MpiTransfer(MpiLibrary library, MemoryHandle memory, long bytes, int peer, int tag, bool isSend, CommunicatorOptions options)
        : base(peer, isSend, options.Timeout)
    {
        (_library, _memory, _bytes, _pieceBytes) = (library, memory, bytes, options.PieceBytes);
        // An empty message is one piece too.
        _requests = new nint[Math.Max(1, (bytes + _pieceBytes - 1) / _pieceBytes)];
        lock (library)
        {
            for (var piece = 0; piece < _requests.Length; piece++)
            {
                fixed (nint* request = &_requests[piece])
                {
                    var begin = isSend ? library.Isend : library.Irecv;
                    var start = (byte*)memory.Pointer + ((long)piece * _pieceBytes);
                    library.Check(begin(start, BytesOf(piece), library.Byte, peer, tag, library.World, request), isSend ? "MPI_Isend" : "MPI_Irecv");
                }
            }
        }
    }

    protected override int Arrived => _arrived;

    protected override bool Poll()
    {
        while (_arrived < _requests.Length)
        {
            int isDone, came;
            var status = default(MpiStatus);
            int code;
            fixed (nint* request = &_requests[_arrived])
            {
                lock (_library)
                {
                    code = _library.Test(request, &isDone, &status);
                    if (code == 0 && isDone != 0 && !IsSend) code = _library.GetCount(&status, _library.Byte, &came);
                    else came = BytesOf(_arrived);
                }
            }

            if (code == MpiLibrary.Truncated) throw WrongSize("more", _bytes);
            if (code != 0) _library.Check(code, $"a message {(IsSend ? "to" : "from")} rank {Peer}");
            if (isDone == 0) return false;
            if (came != BytesOf(_arrived)) throw WrongSize((((long)_arrived * _pieceBytes) + came).ToString(CultureInfo.InvariantCulture), _bytes);
            _arrived++;
        }

        _memory.Dispose();
        return true;
    }

    private int BytesOf(int piece) => (int)Math.Min(_bytes - ((long)piece * _pieceBytes), _pieceBytes);
}
