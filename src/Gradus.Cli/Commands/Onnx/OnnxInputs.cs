using System.Globalization;
using Gradus.Formats;
using Gradus.Onnx;

namespace Gradus.Cli.Commands;

/// <summary>What goes into a model: arrays of a file, or random numbers of the sizes that the model names.</summary>
internal static class OnnxInputs
{
    /// <summary>Arrays by the names of the inputs, or as <c>in_0</c>, <c>in_1</c>, …; a single one by itself.</summary>
    /// <exception cref="GradusException">An input is missing.</exception>
    public static Dictionary<string, Tensor> From(OnnxModel model, IReadOnlyDictionary<string, Tensor> arrays, string file)
    {
        var inputs = new Dictionary<string, Tensor>();
        foreach (var (index, input) in model.Inputs.Index())
        {
            if (!TryFind(arrays, input.Name, "in", index, out var array) && model.Inputs.Count == 1 && arrays.Count == 1) array = arrays.Values.First();
            inputs.Add(input.Name, array ?? throw new GradusException(
                $"{file}: there is no array {PlainText.Quote(input.Name)}, nor in_{index.ToString(CultureInfo.InvariantCulture)}; " +
                $"there are {PlainText.QuoteAll(arrays.Keys, 8)}."));
        }

        return inputs;
    }

    /// <summary>Whether there is an array of a name, or of a number such as <c>out_0</c>.</summary>
    public static bool TryFind(IReadOnlyDictionary<string, Tensor> arrays, string name, string role, int index, out Tensor? array) =>
        arrays.TryGetValue(name, out array) || arrays.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{role}_{index}"), out array);

    /// <summary>Reads arrays of an .npz file, or the single one of an .npy file.</summary>
    public static IReadOnlyDictionary<string, Tensor> Read(string path) => path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
        ? new Dictionary<string, Tensor> { ["in_0"] = NpyFile.Read(path) }
        : NpzFile.Read(path);

    /// <summary>Random numbers, a size that is not said being that of the batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The size in place of names, and of a first axis of one sample.</param>
    /// <param name="otherwise">The size in place of names where none is given.</param>
    public static Dictionary<string, Tensor> Random(OnnxModel model, int? batch, int otherwise)
    {
        var generator = new Generator(1, "onnx inputs");
        return model.Inputs.ToDictionary(static input => input.Name, input =>
        {
            int[] sizes = [.. (input.Sizes ?? []).Select((size, axis) =>
                !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 ? batch ?? otherwise
                    : axis == 0 && number == 1 ? batch ?? 1 : number)];
            return input.DType switch
            {
                DType.Int64 or DType.Int32 => Tensor.RandInt(Shape.Create(sizes), 0, 2, input.DType.Value, generator),
                DType.Bool => Tensor.RandInt(Shape.Create(sizes), 0, 2, DType.Int32, generator).NotEqual(0L),
                _ => Tensor.Randn(Shape.Create(sizes), input.DType ?? DType.Float32, generator),
            };
        });
    }
}
