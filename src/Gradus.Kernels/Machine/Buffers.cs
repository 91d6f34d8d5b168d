using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Scratch memory of the calling thread: 64-byte aligned, not cleared, kept for the next call.</summary>
/// <remarks>
/// Each thread has a stack of blocks, so a kernel that calls another kernel cannot hand out the same bytes twice.
/// A block grows at least by half when it is too small; after a few calls nothing is allocated any more.
/// The blocks are pinned managed arrays: a thread that ends gives them back to the collector.
/// </remarks>
internal static unsafe class Buffers
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static Stack? t_stack;

    /// <summary>Lends <paramref name="bytes"/> bytes until the result is disposed; what was lent last must be disposed first.</summary>
    public static Scratch Rent(nint bytes)
    {
        var stack = t_stack ??= new Stack();
        return new Scratch(stack, stack.Push(bytes));
    }

    /// <summary>Borrowed memory.</summary>
    public readonly ref struct Scratch
    {
        private readonly Stack _stack;

        /// <summary>The first byte, on a 64-byte boundary.</summary>
        public readonly byte* Pointer;

        internal Scratch(Stack stack, byte* pointer)
        {
            _stack = stack;
            Pointer = pointer;
        }

        /// <summary>Gives the memory back to its thread.</summary>
        public void Dispose() => _stack.Pop();
    }

    /// <summary>The blocks of one thread; block number i serves the i-th loan of those that are open at a time.</summary>
    internal sealed class Stack
    {
        private byte[][] _blocks = [];
        private int _depth;

        public byte* Push(nint bytes)
        {
            if (_depth == _blocks.Length)
            {
                Array.Resize(ref _blocks, _depth + 1);
                _blocks[_depth] = [];
            }

            if (_blocks[_depth].Length < bytes + Alignment) Grow(bytes + Alignment);
            var start = (byte*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_blocks[_depth++]));
            return (byte*)(((nint)start + Alignment - 1) & -Alignment);
        }

        public void Pop() => _depth--;

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Grow(nint bytes)
        {
            var length = Math.Max(bytes, _blocks[_depth].Length + (_blocks[_depth].Length / 2));
            var block = GC.AllocateUninitializedArray<byte>(checked((int)Math.Min(length, Math.Max(bytes, Array.MaxLength))), pinned: true);
            HugePages.Ask(block);
            _blocks[_depth] = block;
        }
    }
}
