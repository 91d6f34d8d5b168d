using System.Buffers.Binary;

namespace Gradus.Formats;

/// <summary>Writes the pickle of a dictionary of tensors, protocol 2: what <c>torch.save</c> makes of a state_dict.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _bytes = new();
    private readonly Dictionary<string, int> _memo = new(StringComparer.Ordinal);

    private PickleWriter()
    {
    }

    /// <summary>The pickle of tensors, each in row-major order at the begin of its storage.</summary>
    public static byte[] Write(IReadOnlyList<(string Name, Tensor Tensor, int Storage)> entries)
    {
        var writer = new PickleWriter();
        writer.Add(PickleOp.Proto, 2);
        writer.AddEmptyDict();
        writer.Add(PickleOp.Mark);
        foreach (var (name, tensor, storage) in entries)
        {
            writer.AddText(name);
            writer.AddTensor(tensor, storage);
        }

        writer.Add(PickleOp.SetItems);
        writer.Add(PickleOp.Stop);
        return writer._bytes.ToArray();
    }

    private void AddTensor(Tensor tensor, int storage)
    {
        AddGlobal("torch._utils", "_rebuild_tensor_v2");
        Add(PickleOp.Mark);
        AddStorage(tensor, storage);
        AddNumber(0);
        var sizes = tensor.Shape.ToArray();
        AddSizes(sizes.Select(static size => (long)size));
        AddSizes(StridesOf(sizes));
        Add(PickleOp.NewFalse);
        AddEmptyDict();
        Add(PickleOp.Tuple);
        Add(PickleOp.Reduce);
    }

    private void AddStorage(Tensor tensor, int storage)
    {
        Add(PickleOp.Mark);
        AddShared("storage");
        AddGlobal("torch", TorchType.ClassOf(tensor.DType));
        AddText(FormattableString.Invariant($"{storage}"));
        AddShared("cpu");
        AddNumber(tensor.Count);
        Add(PickleOp.Tuple);
        Add(PickleOp.BinPersId);
    }

    private void AddEmptyDict()
    {
        AddGlobal("collections", "OrderedDict");
        Add(PickleOp.EmptyTuple);
        Add(PickleOp.Reduce);
    }

    private void AddSizes(IEnumerable<long> sizes)
    {
        Add(PickleOp.Mark);
        foreach (var size in sizes) AddNumber(size);
        Add(PickleOp.Tuple);
    }

    private static long[] StridesOf(int[] sizes)
    {
        var strides = new long[sizes.Length];
        var stride = 1L;
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(sizes[axis], 1);
        }

        return strides;
    }

    private void AddGlobal(string module, string name)
    {
        if (Recalls($"{module}\n{name}\n")) return;
        Add(PickleOp.Global);
        _bytes.Write(System.Text.Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
        Memoize($"{module}\n{name}\n");
    }

    private void AddShared(string word)
    {
        if (Recalls(word)) return;
        AddText(word);
        Memoize(word);
    }

    private bool Recalls(string key)
    {
        if (!_memo.TryGetValue(key, out var place)) return false;
        Add(PickleOp.BinGet, (byte)place);
        return true;
    }

    // A few names and words: their places never need more than a byte.
    private void Memoize(string key)
    {
        Add(PickleOp.BinPut, (byte)_memo.Count);
        _memo.Add(key, _memo.Count);
    }

    private void AddText(string text)
    {
        StrictUtf8.CountBytes("pt", text);
        var bytes = StrictUtf8.Encoding.GetBytes(text);
        Add(PickleOp.BinUnicode);
        AddInt32(bytes.Length);
        _bytes.Write(bytes);
    }

    private void AddNumber(long number)
    {
        if (number <= byte.MaxValue)
        {
            Add(PickleOp.BinInt1, (byte)number);
        }
        else if (number <= int.MaxValue)
        {
            Add(PickleOp.BinInt);
            AddInt32((int)number);
        }
        else
        {
            Add(PickleOp.Long1, sizeof(long));
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            _bytes.Write(bytes);
        }
    }

    private void AddInt32(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _bytes.Write(bytes);
    }

    private void Add(PickleOp operation) => _bytes.WriteByte((byte)operation);

    private void Add(PickleOp operation, byte argument)
    {
        Add(operation);
        _bytes.WriteByte(argument);
    }
}
