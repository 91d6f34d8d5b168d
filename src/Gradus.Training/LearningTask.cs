using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What a network is to say of some rows, and how far it is from that.</summary>
internal static class LearningTask
{
    extension(Dataset data)
    {
        /// <summary>
        /// The labels of the rows, i32 [rows]; or their real targets, f32 [rows, targets]; or, of samples alone, the samples themselves: an autoencoder's
        /// target is its input.
        /// </summary>
        public Tensor TargetsOf(ReadOnlySpan<int> rows) =>
            data.ClassNames is not null ? data.LabelTensor(rows) : data.Targets is not null ? data.TargetTensor(rows) : data.InputTensor(rows);

        /// <summary>The mean loss of a network's outputs: cross-entropy of classes and of the next tokens of text, squared error of all else.</summary>
        public Tensor LossOf(Tensor outputs, Tensor targets)
        {
            if (data.IsText) outputs = outputs.Flatten(0, 1);
            return data.ClassNames is null ? Losses.MeanSquaredError(outputs, targets) : Losses.CrossEntropy(outputs, targets);
        }
    }
}
