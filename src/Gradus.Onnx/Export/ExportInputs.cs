namespace Gradus.Onnx;

/// <summary>The example that a computation is run with, for batches of several sizes.</summary>
internal sealed class ExportInputs
{
    /// <summary>The batch that has to agree with what was found for two others.</summary>
    public const int Check = 5;

    private readonly int[] _axes;

    public ExportInputs(Tensor[] examples, OnnxExportOptions options)
    {
        if (examples.Length == 0) throw new GradusException("onnx: there is no example input; the sizes of a graph follow from one.");
        Examples = Array.ConvertAll(examples, static example => example.Detach());
        _axes = options.BatchAxes is { } axes ? [.. axes] : Array.ConvertAll(examples, static example => example.Rank > 0 ? 0 : -1);
        if (_axes.Length != examples.Length) throw new GradusException($"onnx: {_axes.Length} batch axes for {examples.Length} inputs; expected one for each.");
        for (var index = 0; index < _axes.Length; index++)
        {
            if (_axes[index] >= -1 && _axes[index] < examples[index].Rank) continue;
            throw new GradusException(
                $"onnx: batch axis {_axes[index]} of input {index}, which is {examples[index].Describe()}; expected one of its axes, or -1.");
        }

        IsDynamic = options.DynamicBatch && Array.Exists(_axes, static axis => axis >= 0);
        if (!IsDynamic) return;
        for (var index = 0; index < _axes.Length; index++)
        {
            if (_axes[index] >= 0 && examples[index].Shape[_axes[index]] == 0)
                throw new GradusException($"onnx: example input {index} is {examples[index].Describe()}, without any sample; expected at least one.");
        }
    }

    /// <summary>The example as it was given.</summary>
    public Tensor[] Examples { get; }

    /// <summary>Whether the batch may be of any size.</summary>
    public bool IsDynamic { get; }

    /// <summary>Where the size of the batch can be seen: an input and its axis.</summary>
    public (int Input, int Axis) Batch => Array.FindIndex(_axes, static axis => axis >= 0) is var input ? (input, _axes[input]) : default;

    /// <summary>The example with another number of samples: those that are there, in turn.</summary>
    public Tensor[] For(int batch)
    {
        var inputs = new Tensor[Examples.Length];
        for (var index = 0; index < inputs.Length; index++)
        {
            var (example, axis) = (Examples[index], _axes[index]);
            inputs[index] = axis < 0
                ? example
                : example.IndexSelect(axis, Tensor.From([.. Enumerable.Range(0, batch).Select(sample => (long)(sample % example.Shape[axis]))], [batch]));
        }

        return inputs;
    }
}
