using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>A constant that a graph begins with; part of the model's state under its own name.</summary>
/// <param name="name">Its name in the file.</param>
/// <param name="value">Its first value; null for zeros, for which no memory is taken before they are asked for.</param>
/// <param name="meta">Its shape and element type.</param>
internal sealed class Initializer(string name, Tensor? value, Meta meta)
{
    private Parameter? _parameter;
    private ModuleBuffer? _buffer;

    public string Name => name;

    /// <summary>Whether a node reads it as other than a setting.</summary>
    public bool IsWeight { get; set; }

    /// <summary>What graphs begin with now.</summary>
    public Tensor Current => _parameter?.Value ?? _buffer!.Value;

    /// <summary>Its buffer; null for one that is trained.</summary>
    public ModuleBuffer? Buffer => _buffer;

    /// <summary>Makes it a parameter, or with false a buffer.</summary>
    public (Parameter? Parameter, ModuleBuffer? Buffer) Settle()
    {
        if (IsWeight && meta.DType.IsFloat)
        {
            _parameter = value is null ? new Parameter(meta.Shape, Init.Zeros) : new Parameter(value);
            _parameter.Convert(meta.DType);
        }
        else
        {
            _buffer = value is null ? new ModuleBuffer(PendingShape.Of(meta.Shape), 0) : new ModuleBuffer(value);
            _buffer.Convert(meta.DType);
        }

        return (_parameter, _buffer);
    }
}
