namespace Gradus.Onnx;

/// <summary>How a module becomes an ONNX file.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The first version of ONNX's operators that export writes.</summary>
    public const int OldestOpset = 13;

    /// <summary>The last version of ONNX's operators that export writes.</summary>
    public const int NewestOpset = 26;

    /// <summary>The version of ONNX's operators, from 13 to 26. Default 17: wide support, and the first with layer norm.</summary>
    public int Opset { get; init; } = 17;

    /// <summary>The names of the inputs; by default <c>input</c>, or <c>input_0</c>, <c>input_1</c>, … where there are several.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>The names of the outputs; by default <c>output</c>, or <c>output_0</c>, <c>output_1</c>, … where there are several.</summary>
    public IReadOnlyList<string>? OutputNames { get; init; }

    /// <summary>Whether the file takes batches of any size. Default true; with false it takes inputs of the example's sizes alone.</summary>
    public bool DynamicBatch { get; init; } = true;

    /// <summary>
    /// The axis of each input that counts samples, −1 for an input without one. Null, the default, stands for axis 0 of every input that has an axis.
    /// </summary>
    public IReadOnlyList<int>? BatchAxes { get; init; }

    /// <summary>
    /// Whether batch norms become part of the convolution before them, as fast programs want it. Default false: they stay, for whoever trains on.
    /// </summary>
    public bool FoldBatchNorm { get; init; }

    /// <summary>Words to keep in the file, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>What the file says about the model.</summary>
    public string Description { get; init; } = "";

    /// <summary>
    /// Bytes of tensors from which on these go into a second file, <c>name.onnx.data</c>. Default 2,000,000,000: what a single file can hold.
    /// </summary>
    public long ExternalDataFrom { get; init; } = 2_000_000_000;

    /// <summary>
    /// Whether the model is read back and run by Gradus, on a batch of another size, before it is written, and has to give the same within 1e-5. Default false.
    /// </summary>
    public bool Verify { get; init; }
}
