using Gradus.Nn;
using Gradus.Onnx;

namespace Gradus.Training;

/// <summary>A network of an ONNX file. Its graph is part of the spec, since no name and sizes tell it.</summary>
internal sealed class OnnxSpec : ModelSpec
{
    // A name for messages and records; no text makes such a spec.
    private static readonly ModelFamily Family = new("onnx", "onnx", 0, static _ =>
        throw new FormatException("the graph of a network of an ONNX file is not told by a word"));

    private readonly string _skeleton;
    private readonly IReadOnlyList<OnnxValue> _inputs;
    private readonly IReadOnlyList<OnnxValue> _outputs;

    private OnnxSpec(string skeleton, OnnxModel model) : base(Family) => (_skeleton, _inputs, _outputs) = (skeleton, model.Inputs, model.Outputs);

    /// <summary>The graph as text.</summary>
    public string Skeleton => _skeleton;

    private protected override string Takes =>
        _inputs.Count == 1 && _outputs.Count == 1
            ? $"{_inputs[0]} and gives {_outputs[0]}"
            : $"several inputs or gives several outputs ({string.Join(", ", _inputs)} → {string.Join(", ", _outputs)}), expected one of each";

    /// <summary>The spec of a model that was loaded. A softmax at its end is taken away: what learns are the numbers before it.</summary>
    public static OnnxSpec Of(OnnxModel model)
    {
        OnnxEnding.DropSoftmax(model.Message);
        return new OnnxSpec(OnnxSkeleton.Write(model), model);
    }

    /// <summary>The spec of a record.</summary>
    /// <exception cref="InvalidDataException">The text is no graph.</exception>
    public static OnnxSpec Read(string skeleton) => new(skeleton, OnnxSkeleton.Read(skeleton));

    private protected override bool Fits(ModelData data)
    {
        if (_inputs.Count != 1 || _outputs.Count != 1 || data.Form is DataForm.Text or DataForm.Sentence) return false;
        if (_inputs[0].DType is not (null or DType.Float32)) return false;
        return Agrees(_inputs[0].Sizes, data.InputShape) && Agrees(_outputs[0].Sizes, [data.Outputs]);
    }

    private protected override Module<Tensor, Tensor> Create(ModelData data) => OnnxSkeleton.Read(_skeleton);

    // The first axis is that of the batch; a size that is a name fits any.
    private static bool Agrees(IReadOnlyList<string>? sizes, IReadOnlyList<int> sample) =>
        sizes is null || (sizes.Count == sample.Count + 1 &&
            sizes.Skip(1).Zip(sample).All(static pair => !int.TryParse(pair.First, out var size) || size == pair.Second));
}
