using System.Runtime.InteropServices;

namespace Gradus.Testing;

/// <summary>Memory with nothing readable right after it, so that a kernel that strays is caught at the element where it does.</summary>
/// <remarks>
/// On Linux the elements end at (or, on request, begin after) a page that no one may touch: a stray read or write ends the process.
/// Elsewhere canaries on both sides catch stray writes, when the memory is disposed.
/// </remarks>
public sealed unsafe class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    private const int CanaryBytes = 256;
    private const byte Canary = 0xA5;

    private readonly byte* _block;
    private readonly nuint _blockBytes;

    /// <summary>Makes room for <paramref name="length"/> elements, against the page behind them or the page before them.</summary>
    public GuardedMemory(int length, bool guardBefore = false)
    {
        Length = length;
        var bytes = (nuint)length * (nuint)sizeof(T);
        if (OperatingSystem.IsLinux())
        {
            var page = (nuint)Environment.SystemPageSize;
            var room = (bytes + page - 1) / page * page;
            _blockBytes = room + (2 * page);
            _block = (byte*)Native.Map(null, _blockBytes, Native.ReadWrite, Native.PrivateAnonymous, -1, 0);
            if (_block == (byte*)-1) throw new InvalidOperationException("mmap failed.");
            if (Native.Protect(_block, page, Native.None) != 0 || Native.Protect(_block + page + room, page, Native.None) != 0)
            {
                throw new InvalidOperationException("mprotect failed.");
            }

            Pointer = (T*)(guardBefore ? _block + page : _block + page + room - bytes);
        }
        else
        {
            _blockBytes = bytes + (2 * CanaryBytes);
            _block = (byte*)NativeMemory.AlignedAlloc(_blockBytes, 64);
            new Span<byte>(_block, (int)_blockBytes).Fill(Canary);
            Pointer = (T*)(_block + CanaryBytes);
        }
    }

    /// <summary>The first element.</summary>
    public T* Pointer { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements.</summary>
    public Span<T> Span => new(Pointer, Length);

    /// <summary>Gives the memory back, and checks the canaries where there are some.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Native.Unmap(_block, _blockBytes);
            return;
        }

        var before = new Span<byte>(_block, CanaryBytes);
        var after = new Span<byte>((byte*)(Pointer + Length), CanaryBytes);
        var whole = !before.ContainsAnyExcept(Canary) && !after.ContainsAnyExcept(Canary);
        NativeMemory.AlignedFree(_block);
        if (!whole) throw new InvalidOperationException("Something was written outside the guarded memory.");
    }
}

/// <summary>The C library's page calls.</summary>
internal static unsafe partial class Native
{
    public const int None = 0;
    public const int ReadWrite = 3;
    public const int PrivateAnonymous = 0x22;

    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    public static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(void* address, nuint length);
}
