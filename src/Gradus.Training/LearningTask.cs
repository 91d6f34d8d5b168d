using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The targets and the loss that follow from a dataset.</summary>
internal static class LearningTask
{
    extension(Dataset data)
    {
        /// <summary>
        /// The targets of the rows: labels, i32 [rows]; or numeric targets, f32 [rows, targets]; or, without labels and targets, the inputs, which an
        /// autoencoder reconstructs.
        /// </summary>
        public Tensor TargetsOf(ReadOnlySpan<int> rows) =>
            data.ClassNames is not null ? data.LabelTensor(rows) : data.Targets is not null ? data.TargetTensor(rows) : data.InputTensor(rows);

        /// <summary>
        /// The mean loss of a network's outputs: cross-entropy for classes and the next token of text, otherwise the squared error.
        /// </summary>
        public Tensor LossOf(Tensor outputs, Tensor targets)
        {
            if (data.IsText) outputs = outputs.Flatten(0, 1);
            return data.ClassNames is null ? Losses.MeanSquaredError(outputs, targets) : Losses.CrossEntropy(outputs, targets);
        }
    }
}
