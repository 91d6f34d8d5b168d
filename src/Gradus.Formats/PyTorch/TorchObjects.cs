namespace Gradus.Formats;

/// <summary>
/// The few names that the pickles of PyTorch are made of, and what they stand for: tensors, storages and plain containers. All others are left as they are.
/// </summary>
internal sealed class TorchObjects : ITorchObjects
{
    private const int MostWrappers = 8;

    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>All storages that are named, by their keys.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    public object Call(PickleGlobal function, object[] arguments, PickleSource place) => function.ToString() switch
    {
        "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" => TorchTensors.OfStorage(arguments, place),
        "torch._utils._rebuild_tensor_v3" => TorchTensors.OfBytes(arguments, place),
        "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state" or "torch.nn.parameter.Parameter" =>
            arguments is [TorchTensor tensor, ..] ? tensor : new PickleObject(function.ToString(), arguments),
        "torch._tensor._rebuild_from_type_v2" or "torch._tensor._rebuild_from_type" => Unwrap(function, arguments, place),
        "collections.OrderedDict" or "builtins.dict" or "__builtin__.dict" or "collections.Counter" => PythonValues.Dict(function, arguments),
        "collections.defaultdict" => PythonValues.Dict(function, [.. arguments.Skip(1)]),
        "builtins.list" or "__builtin__.list" => PythonValues.Items(arguments) is { } items ? new List<object>(items) : Unknown(function, arguments),
        "builtins.tuple" or "__builtin__.tuple" or "torch.Size" => PythonValues.Items(arguments) ?? (object)Unknown(function, arguments),
        "builtins.set" or "__builtin__.set" or "builtins.frozenset" or "__builtin__.frozenset" => PythonValues.Set(function, arguments),
        "builtins.bytearray" or "__builtin__.bytearray" or "_codecs.encode" => PythonValues.Bytes(function, arguments),
        "torch.device" when arguments is [string device] => device,
        "numpy.core.multiarray.scalar" or "numpy._core.multiarray.scalar" => PythonValues.NumPyScalar(function, arguments),
        "copy_reg._reconstructor" or "copyreg._reconstructor" when arguments is [PickleGlobal type, ..] => Unknown(type, arguments),
        _ => Unknown(function, arguments),
    };

    public object Outside(object identity, PickleSource place)
    {
        switch (identity)
        {
            case object[] and ["module", PickleGlobal type, ..]:
                return type;
            case object[] and ["storage", PickleGlobal type, string key, _, long count, .. var rest]:
                return StorageOf(type, key, count, rest, place);
            default:
                throw place.Refuse("what lies outside of the pickle is neither a storage nor a class of a network");
        }
    }

    private static PickleObject Unknown(PickleGlobal function, object[] arguments) => new(function.ToString(), arguments);

    // A tensor of a class of its own, such as a user's: (function, class, its arguments, state).
    private object Unwrap(PickleGlobal wrapper, object[] arguments, PickleSource place)
    {
        for (var depth = 0; depth < MostWrappers && arguments is [PickleGlobal function, _, object[] inner, ..]; depth++)
        {
            if (!function.Name.StartsWith("_rebuild_from_type", StringComparison.Ordinal)) return Call(function, inner, place);
            (wrapper, arguments) = (function, inner);
        }

        return Unknown(wrapper, arguments);
    }

    private TorchStorage StorageOf(PickleGlobal type, string key, long count, object[] rest, PickleSource place)
    {
        var named = $"storage '{PlainText.Quote(key)}'";
        var held = TorchType.OfClass(type) ?? throw place.Refuse($"{named}: {PlainText.Quote(type.ToString())} is no class of storages that is known");
        if (count < 0 || count > long.MaxValue / held.Size) throw place.Refuse($"{named} has {count} elements");
        var whole = new TorchStorage(key, type.Name, held, count, 0, count);
        if (!_storages.TryAdd(key, whole))
        {
            var first = _storages[key];
            if (first.Class != type.Name || first.Whole != count)
            {
                throw place.Refuse(
                    $"{named} is {first.Whole} elements of {first.Class} at one place and {count} of {PlainText.Quote(type.Name)} at another");
            }

            whole = first;
        }

        return rest switch
        {
            [] or [PickleNone] => whole,
            // As files of before 2020 have it: a part of another storage.
            [object[] and [_, long start, long length]] when start >= 0 && length >= 0 && start <= count - length =>
                whole with { Start = start, Count = length },
            _ => throw place.Refuse($"{named}: the part of it that is named does not lie in it"),
        };
    }
}
