using Gradus.Data;

namespace Gradus.Training;

/// <summary>What a sample is.</summary>
public enum DataForm
{
    /// <summary>A row of numbers: [numbers].</summary>
    Table,

    /// <summary>Steps of numbers, one after the other: [time, numbers].</summary>
    Sequence,

    /// <summary>A picture: [channels, height, width].</summary>
    Picture,

    /// <summary>
    /// Numbers of tokens, one after the other: [time]. The network gives logits of the next token at each: [batch, time] → [batch, time, vocabulary].
    /// </summary>
    Text,
}

/// <summary>What a network is built for.</summary>
/// <param name="Form">What a sample is.</param>
/// <param name="InputShape">The shape of a sample.</param>
/// <param name="Outputs">Numbers that the network gives: a logit for each class or token, the targets, or the sample itself.</param>
public sealed record ModelData(DataForm Form, IReadOnlyList<int> InputShape, int Outputs)
{
    /// <summary>Numbers in a sample.</summary>
    public int Inputs => checked((int)InputShape.Aggregate(1L, static (product, size) => product * size));

    /// <summary>Numbers in a step of a sequence, or in a row of a picture over all its channels.</summary>
    internal int StepInputs => Form == DataForm.Picture ? checked(InputShape[0] * InputShape[2]) : InputShape[1];

    /// <summary>Samples of a shape, which tells what they are, unless they are text.</summary>
    public static ModelData Of(IReadOnlyList<int> inputShape, int outputs)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var form = inputShape.Count switch { 2 => DataForm.Sequence, 3 => DataForm.Picture, _ => DataForm.Table };
        return new ModelData(form, inputShape, outputs);
    }

    /// <summary>The samples of a dataset, and its classes or targets; samples alone are to be given back.</summary>
    public static ModelData Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.IsText) return new ModelData(DataForm.Text, data.InputShape, data.ClassNames!.Count);
        return Of(data.InputShape, data.ClassNames?.Count ?? (data.Targets is null ? data.Inputs.Size : data.TargetSize));
    }

    /// <summary>As it stands in an error message: <c>pictures [1,28,28]</c>.</summary>
    public override string ToString()
    {
        var form = Form switch { DataForm.Table => "rows of a table", DataForm.Sequence => "sequences", DataForm.Picture => "pictures", _ => "text" };
        return $"{form} [{string.Join(",", InputShape)}]";
    }
}
