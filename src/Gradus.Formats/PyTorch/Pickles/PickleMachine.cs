using System.Numerics;

namespace Gradus.Formats;

/// <summary>
/// Reads a pickle without running anything: classes and functions are names, those that <see cref="ITorchObjects"/> knows become plain values and tensors,
/// all others a <see cref="PickleObject"/>. Pickles are programs of a machine with a stack and a memo: Lib/pickletools.py of Python describes it.
/// </summary>
/// <remarks>
/// The values are <see cref="PickleNone"/>, bool, long, <see cref="BigInteger"/>, double, string, byte[], object[] (a tuple), List of object,
/// <see cref="PickleDict"/>, <see cref="PickleSet"/>, <see cref="PickleGlobal"/>, <see cref="PickleObject"/>, <see cref="TorchStorage"/> and
/// <see cref="TorchTensor"/>.
/// </remarks>
/// <param name="source">The bytes.</param>
/// <param name="budget">The memory that may be taken.</param>
/// <param name="objects">Makes values of calls and of what lies outside the pickle.</param>
internal sealed partial class PickleMachine(PickleSource source, PickleBudget budget, ITorchObjects objects)
{
    private const int LastProtocol = 5;

    private readonly List<object> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object> _memo = new(PickleKeys.Comparer);

    /// <summary>Reads one pickle.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or does what no file of weights needs.</exception>
    public object Read()
    {
        _stack.Clear();
        _marks.Clear();
        _memo.Clear();
        while (true)
        {
            var operation = (PickleOp)source.Next();
            if (operation == PickleOp.Stop) return Pop();
            Run(operation);
        }
    }

    private void Run(PickleOp operation)
    {
        switch (operation)
        {
            case PickleOp.Proto:
                if (source.Next() is var protocol and > LastProtocol) throw source.Refuse($"protocol {protocol}; {LastProtocol} is the last that is known");
                break;
            case PickleOp.Frame:
                if (source.UInt64() is var length && length > (ulong)source.Left)
                    throw source.Refuse($"a frame of {length} bytes, but only {source.Left} follow");
                break;
            case PickleOp.Mark:
                budget.Take(sizeof(long));
                _marks.Add(_stack.Count);
                break;
            case PickleOp.Pop:
                if (_marks.Count > 0 && _marks[^1] == _stack.Count) PopMark();
                else Pop();
                break;
            case PickleOp.PopMark:
                PopMark();
                break;
            case PickleOp.Dup:
                Push(Peek());
                break;
            case PickleOp.Get or PickleOp.BinGet or PickleOp.LongBinGet:
                Push(Recall(MemoIndex(operation)));
                break;
            case PickleOp.Put or PickleOp.BinPut or PickleOp.LongBinPut or PickleOp.Memoize:
                budget.Take(PickleBudget.Pair);
                _memo[operation == PickleOp.Memoize ? _memo.Count : MemoIndex(operation)] = Peek();
                break;
            case PickleOp.Append or PickleOp.Appends or PickleOp.SetItem or PickleOp.SetItems or PickleOp.AddItems:
                Fill(operation);
                break;
            case PickleOp.Build:
                Build();
                break;
            default:
                Push(Make(operation));
                break;
        }
    }

    private long MemoIndex(PickleOp operation) => operation switch
    {
        PickleOp.BinGet or PickleOp.BinPut => source.Next(),
        PickleOp.LongBinGet or PickleOp.LongBinPut => source.UInt32(),
        _ => PickleText.Integer(source.Line(), source) is long index ? index : throw source.Refuse("the place of its memo is no number"),
    };

    private object Recall(long index) => _memo.TryGetValue(index, out var value)
        ? value
        : throw source.Refuse($"place {index} of its memo is read, and nothing was put there");

    private object Make(PickleOp operation) => operation switch
    {
        PickleOp.None => PickleNone.Value,
        PickleOp.NewTrue => true,
        PickleOp.NewFalse => false,
        PickleOp.EmptyTuple => Array.Empty<object>(),
        PickleOp.Tuple => PopMark(),
        PickleOp.Tuple1 => PopTuple(1),
        PickleOp.Tuple2 => PopTuple(2),
        PickleOp.Tuple3 => PopTuple(3),
        PickleOp.EmptyList => Charged(new List<object>(), 0),
        PickleOp.List => ListOf(PopMark()),
        PickleOp.EmptyDict => Charged(new PickleDict(), 0),
        PickleOp.Dict => DictOf(PopMark()),
        PickleOp.EmptySet => Charged(new PickleSet(), 0),
        PickleOp.FrozenSet => SetOf(PopMark()),
        PickleOp.Global => GlobalOf(Text(source.Line()), Text(source.Line())),
        PickleOp.StackGlobal => PopGlobal(),
        PickleOp.Reduce => Call(operation, Pop(), Pop()),
        PickleOp.NewObj => Call(operation, Pop(), Pop()),
        PickleOp.NewObjEx => CallWithNames(operation),
        PickleOp.Inst => CallByName(GlobalOf(Text(source.Line()), Text(source.Line()))),
        PickleOp.Obj => CallFirst(),
        PickleOp.BinPersId => objects.Outside(Pop(), source),
        PickleOp.PersId => throw source.Refuse(
            "its storages are named by text, as pickle protocol 0 does, which PyTorch itself cannot read; save it again without pickle_protocol=0"),
        _ => Literal(operation),
    };

    private void Push(object value)
    {
        budget.Take(PickleBudget.Entry);
        _stack.Add(value);
    }

    private object Peek() => _stack.Count > Floor ? _stack[^1] : throw source.Refuse("its stack is empty");

    private object Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    // Nothing below the last mark may be taken.
    private int Floor => _marks.Count > 0 ? _marks[^1] : 0;

    /// <summary>All above the last mark, and the mark.</summary>
    private object[] PopMark()
    {
        if (_marks.Count == 0) throw source.Refuse("there is no mark on its stack");
        var tuple = PopTuple(_stack.Count - _marks[^1]);
        _marks.RemoveAt(_marks.Count - 1);
        return tuple;
    }

    private object[] PopTuple(int length)
    {
        if (_stack.Count - Floor < length) throw source.Refuse("its stack is empty");
        if (length == 0) return [];
        budget.Take((sizeof(long) * length) + PickleBudget.Entry);
        object[] tuple = [.. _stack[^length..]];
        _stack.RemoveRange(_stack.Count - length, length);
        return tuple;
    }

    private T Charged<T>(T container, int entries)
    {
        budget.Take(PickleBudget.Container + ((long)PickleBudget.Entry * entries));
        return container;
    }
}
