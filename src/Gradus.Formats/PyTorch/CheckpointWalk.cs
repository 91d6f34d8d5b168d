using System.Globalization;
using System.Numerics;

namespace Gradus.Formats;

/// <summary>
/// Finds the tensors and plain values of a checkpoint by walking its dictionaries and lists. A tensor's name is its way there: keys and positions, with /
/// between.
/// </summary>
/// <remarks>Each container is walked once, however often it is referred to, so that one that holds itself has an end.</remarks>
/// <param name="file">What error messages call the file.</param>
/// <param name="mostNames">The memory that all names together may take.</param>
internal sealed class CheckpointWalk(string file, long mostNames)
{
    /// <summary>The name of a tensor that is saved by itself.</summary>
    public const string Alone = "tensor";

    // Deeper than any checkpoint, and not too deep for a stack.
    private const int DeepestLevel = 64;
    private const int EntryBytes = 96;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly CheckpointContents _found = new([], [], []);
    private long _names;

    /// <summary>All that can be reached from the root.</summary>
    /// <exception cref="InvalidDataException">The root is no container, or two tensors would have one name.</exception>
    public CheckpointContents Walk(object root)
    {
        if (root is TorchTensor) Take(Alone, root, 0);
        else if (root is PickleDict or List<object> or object[]) Enter("", root, 0);
        else throw NoContainer(root);
        return _found;
    }

    private void Enter(string path, object container, int depth)
    {
        if (!_seen.Add(container)) return;
        if (container is PickleDict dict)
        {
            var at = 0;
            foreach (var (key, value) in dict.Items) Take(NameOf(path, KeyOf(key, at++)), value, depth);
            return;
        }

        var index = 0;
        foreach (var item in ItemsOf(container)) Take(NameOf(path, Word(index++)), item, depth);
    }

    private void Take(string name, object value, int depth)
    {
        switch (value)
        {
            case TorchTensor { Fault: { } fault }:
                LeaveOut(name, fault);
                break;
            case TorchTensor { Type.Element: null } tensor:
                LeaveOut(name, $"a tensor of {tensor.Type.Word}, a type that Gradus does not have");
                break;
            case TorchTensor tensor:
                if (!_found.Tensors.TryAdd(name, tensor)) throw Twice(name);
                break;
            case TorchStorage:
                LeaveOut(name, "a storage without a tensor");
                break;
            case PickleObject made:
                LeaveOut(name, TorchKinds.WordOf(made));
                break;
            case PickleDict or List<object> or object[] or PickleSet when !IsPlain(value):
                if (depth == DeepestLevel) LeaveOut(name, $"nested deeper than {DeepestLevel} levels");
                else Enter(name, value, depth + 1);
                break;
            case PickleDict:
                break;
            default:
                if (!_found.Values.TryAdd(name, Plain(value))) throw Twice(name);
                break;
        }
    }

    private void LeaveOut(string name, string kind) => _found.LeftOut.Add(new LeftOutValue(name, kind));

    private InvalidDataException Twice(string name) => new($"{file}: two of its values are called '{PlainText.Quote(name)}'.");

    private string NameOf(string path, string key)
    {
        _names += EntryBytes + (sizeof(char) * ((long)path.Length + key.Length));
        if (_names > mostNames) throw new InvalidDataException($"{file}: the names of its values take more than {mostNames >> 20} MB.");
        return path.Length == 0 ? key : $"{path}/{key}";
    }

    private static string KeyOf(object key, int at) => key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => $"#{Word(at)}",
    };

    private static string Word(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<object> ItemsOf(object container) => container switch
    {
        PickleSet set => set.Items,
        List<object> list => list,
        _ => (object[])container,
    };

    /// <summary>Whether a value is a number, a text, or a list of such, which is one value.</summary>
    private bool IsPlain(object value) => value switch
    {
        PickleDict dict => dict.Items.Count == 0,
        // A list that was walked once has been told.
        PickleSet or List<object> or object[] => !_seen.Contains(value) && ItemsOf(value).All(IsSimple),
        _ => true,
    };

    private static bool IsSimple(object value) => value is PickleNone or bool or long or BigInteger or double or string or byte[] or PickleGlobal;

    private object? Plain(object value)
    {
        if (IsSimple(value)) return Simple(value);
        _seen.Add(value);
        return ItemsOf(value).Select(Simple).ToArray();
    }

    private static object? Simple(object value) => value switch
    {
        PickleNone => null,
        PickleGlobal global => global.ToString(),
        _ => value,
    };

    private InvalidDataException NoContainer(object root) => root switch
    {
        PickleObject made => new InvalidDataException(
            $"{file}: it holds {(made.IsNetwork ? "a whole network" : "an object")} of the class {PlainText.Quote(made.Maker)}, " +
            $"which only that class can open, by running its code. {TorchKinds.Advice}"),
        _ => new InvalidDataException($"{file}: it holds {PickleText.KindOf(root)}, expected a dictionary or list of tensors. {TorchKinds.Advice}"),
    };
}
