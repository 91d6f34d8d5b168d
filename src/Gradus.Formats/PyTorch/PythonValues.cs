using System.Buffers.Binary;

namespace Gradus.Formats;

/// <summary>Plain values of Python and NumPy from the arguments of their constructors; what makes no plain value stays a <see cref="PickleObject"/>.</summary>
internal static class PythonValues
{
    /// <summary>A dictionary: empty, of a dictionary, or of pairs.</summary>
    public static object Dict(PickleGlobal function, object[] arguments)
    {
        var dict = new PickleDict();
        if (arguments.Length == 0) return dict;
        if (arguments is [PickleDict same]) return same;
        if (Items(arguments) is not { } pairs) return new PickleObject(function.ToString(), arguments);
        foreach (var pair in pairs)
        {
            if (pair is object[] and [var key, var value]) dict.Items[key] = value;
            else if (pair is List<object> and [var first, var second]) dict.Items[first] = second;
            else return new PickleObject(function.ToString(), arguments);
        }

        return dict;
    }

    /// <summary>The elements of the one list or tuple that is given; none where nothing is given, null for anything else.</summary>
    public static object[]? Items(object[] arguments) => arguments switch
    {
        [] => [],
        [object[] tuple] => tuple,
        [List<object> list] => [.. list],
        _ => null,
    };

    public static object Set(PickleGlobal function, object[] arguments)
    {
        if (Items(arguments) is not { } items) return new PickleObject(function.ToString(), arguments);
        var set = new PickleSet();
        set.Items.AddRange(items);
        return set;
    }

    /// <summary>Bytes that a pickle of protocol 2 wraps as text: each character a byte.</summary>
    public static object Bytes(PickleGlobal function, object[] arguments) => arguments switch
    {
        [] => Array.Empty<byte>(),
        [byte[] bytes] => bytes,
        [string text, "latin1" or "latin-1"] when text.All(static character => character <= byte.MaxValue) =>
            text.Select(static character => (byte)character).ToArray(),
        _ => new PickleObject(function.ToString(), arguments),
    };

    /// <summary>A number of NumPy: (dtype, bytes).</summary>
    public static object NumPyScalar(PickleGlobal function, object[] arguments) => arguments is [PickleObject { Maker: "numpy.dtype" } dtype, byte[] bytes]
        ? (dtype.Arguments.FirstOrDefault() as string, bytes.Length) switch
        {
            ("f8", 8) => (object)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            ("f4", 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
            ("f2", 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            ("i8", 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            ("i4", 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            ("u1", 1) => (long)bytes[0],
            ("b1", 1) => bytes[0] != 0,
            _ => new PickleObject(function.ToString(), arguments),
        }
        : new PickleObject(function.ToString(), arguments);
}
