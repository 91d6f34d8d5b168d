using System.Globalization;
using Gradus.Formats;

namespace Gradus.Data;

/// <summary>
/// Data from files of arrays: NumPy's .npz and .npy, and safetensors. The first axis of each array counts the samples.
/// </summary>
/// <remarks>
/// Inputs of unsigned bytes are pixels: stored as bytes and read as value / 255; pictures [height, width] become [1, height, width], and
/// [height, width, channels] become [channels, height, width]. Other inputs are numbers of any shape. Whole numbers as targets are labels, floats are
/// numeric targets.
/// </remarks>
public static class ArrayFile
{
    private const int MostClasses = 1 << 16;

    /// <summary>The names of the arrays of a file; of .npy one empty name.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no file of arrays.</exception>
    public static IReadOnlyList<string> Names(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var arrays = NamedArrays.Open(path);
        return arrays.Names;
    }

    /// <summary>Loads inputs and their targets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">The name of the array of inputs. The only array of a file needs no name. Default: <c>x</c>.</param>
    /// <param name="targets">The name of the array of labels or targets; null for samples without. Default: <c>y</c>.</param>
    /// <param name="classNames">The names of the classes. Default: null, the numbers from 0 to the largest label.</param>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, an array is missing, or the arrays do not fit. The message names file and array.</exception>
    public static Dataset Load(string path, string inputs = "x", string? targets = "y", IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(inputs);
        using var arrays = NamedArrays.Open(path);
        return Load(path, arrays, inputs, targets, classNames);
    }

    /// <summary>
    /// Loads a file and splits it: by its arrays <c>x_train</c>, <c>y_train</c>, <c>x_valid</c>, <c>y_valid</c>, <c>x_test</c>, <c>y_test</c> where it has
    /// them, else at random by <see cref="Split.ByFraction"/>. What is missing of the three is taken from the training samples.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options. Default: null, those of <see cref="ArrayOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is out of range.</exception>
    /// <inheritdoc cref="Load(string, string, string, IReadOnlyList{string})"/>
    public static DataSplit LoadSplit(string path, ArrayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new ArrayOptions();
        Split.CheckFractions(options.ValidationShare, options.TestShare);
        using var arrays = NamedArrays.Open(path);
        var hasParts = arrays.Names.Contains(options.Inputs + "_train");
        var train = Part(hasParts ? "_train" : "", options.ClassNames)!;
        var (valid, test) = hasParts ? (Part("_valid", train.ClassNames), Part("_test", train.ClassNames)) : (null, null);
        try
        {
            var split = Split.ByFraction(train.Count, valid is null ? options.ValidationShare : 0, test is null ? options.TestShare : 0, options.Seed);
            return new DataSplit(train.Select(split.Train), valid ?? train.Select(split.Validation), test ?? train.Select(split.Test));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // The shares are right by themselves: there are too few samples.
            throw new InvalidDataException($"{path}: {train.Count} samples are too few to be split into training, validation and test.", exception);
        }

        Dataset? Part(string part, IReadOnlyList<string>? classNames)
        {
            var (inputs, targets) = (options.Inputs + part, options.Targets + part);
            if (part is "_valid" or "_test" && !arrays.Names.Contains(inputs)) return null;
            return Load(path, arrays, inputs, arrays.Names.Contains(targets) ? targets : null, classNames);
        }
    }

    private static Dataset Load(string path, NamedArrays arrays, string inputs, string? targets, IReadOnlyList<string>? classNames)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var (shape, values) = ReadInputs(path, arrays, arrays.Names.Count == 1 ? arrays.Names[0] : inputs);
        if (targets is null) return Dataset.OfInputs(name, shape, values);
        var found = Read(path, arrays, targets);
        var what = $"{path}: array '{PlainText.Quote(targets)}'";
        if (found.Shape.Rank is 0 or > 2 || found.Shape[0] != values.Count)
        {
            throw new InvalidDataException($"{what}: got sizes {found.Shape}, expected one target for each of {values.Count} samples: [{values.Count}].");
        }

        var size = found.Shape.Rank == 1 ? 1 : found.Shape[1];
        if (!found.IsWhole) return size > 0 ? Dataset.OfTargets(name, shape, values, Finite(found, what), size)
            : throw new InvalidDataException($"{what}: got sizes {found.Shape}, which have no number for a sample.");
        if (size != 1) throw new InvalidDataException($"{what}: got whole numbers {found.Shape}, expected labels [{values.Count}]. Targets are floats.");
        var labels = Labels(found, classNames?.Count ?? MostClasses, what);
        classNames ??= [.. Enumerable.Range(0, labels.Append(-1).Max() + 1).Select(static label => label.ToString(CultureInfo.InvariantCulture))];
        return Dataset.OfClasses(name, shape, values, labels, classNames);
    }

    private static (IReadOnlyList<int> Shape, Inputs Values) ReadInputs(string path, NamedArrays arrays, string name)
    {
        var array = Read(path, arrays, name);
        var what = name.Length == 0 ? path : $"{path}: array '{PlainText.Quote(name)}'";
        int[] sizes = [.. array.Shape];
        if (sizes.Length == 0 || sizes.AsSpan(1).Contains(0) || sizes[0] == 0)
        {
            throw new InvalidDataException($"{what}: got sizes {array.Shape}, expected [samples, …].");
        }
        int[] shape = sizes.Length == 1 ? [1] : sizes[1..];
        var size = (int)(array.Shape.ElementCount / sizes[0]);
        if (array.Bytes is not { } bytes) return (shape, Inputs.Of(Finite(array, what), size));
        // Gray pictures, and those whose channels come last.
        if (shape is [var height, var width]) return ([1, height, width], Inputs.Of(bytes, size));
        if (shape is not [not (1 or 3), _, 1 or 3]) return (shape, Inputs.Of(bytes, size));
        return ([shape[2], shape[0], shape[1]], Inputs.Of(ChannelsFirst(bytes, sizes[0], shape[0] * shape[1], shape[2]), size));
    }

    private static byte[] ChannelsFirst(byte[] bytes, int samples, int area, int channels)
    {
        if (channels == 1) return bytes;
        var planes = new byte[bytes.Length];
        for (var sample = 0; sample < samples; sample++)
        {
            var start = sample * area * channels;
            for (var channel = 0; channel < channels; channel++)
            {
                for (var pixel = 0; pixel < area; pixel++) planes[start + (channel * area) + pixel] = bytes[start + (pixel * channels) + channel];
            }
        }

        return planes;
    }

    private static NamedArray Read(string path, NamedArrays arrays, string name) => arrays.Names.Contains(name)
        ? arrays.Read(name)
        : throw new InvalidDataException($"{path}: there is no array '{PlainText.Quote(name)}'. There are: {PlainText.QuoteAll(arrays.Names, 100)}.");

    private static float[] Finite(NamedArray array, string what)
    {
        using var scope = new TensorScope();
        var values = array.Numbers is { } numbers ? numbers.To(DType.Float32).ToArray<float>() : Array.ConvertAll(array.Bytes!, static value => (float)value);
        for (var index = 0; index < values.Length; index++)
        {
            if (float.IsFinite(values[index])) continue;
            throw new InvalidDataException($"{what}: element {index} is {values[index].ToString(CultureInfo.InvariantCulture)}, no finite float32 number.");
        }

        return values;
    }

    private static int[] Labels(NamedArray array, int classes, string what)
    {
        var values = array.Numbers is { } numbers ? numbers.To(DType.Int64).ToArray<long>() : Array.ConvertAll(array.Bytes!, static value => (long)value);
        for (var index = 0; index < values.Length; index++)
        {
            if ((ulong)values[index] < (ulong)classes) continue;
            throw new InvalidDataException($"{what}: label {index} is {values[index]}, expected 0 to {classes - 1}.");
        }

        return Array.ConvertAll(values, static value => (int)value);
    }
}
