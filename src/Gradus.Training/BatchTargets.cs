using Gradus.Data;

namespace Gradus.Training;

/// <summary>What a network is to say of some rows.</summary>
internal static class BatchTargets
{
    extension(Dataset data)
    {
        /// <summary>The labels of the rows, i32 [rows]; or their real targets, f32 [rows, targets]; or, of samples alone, the samples themselves: an autoencoder's target is its input.</summary>
        public Tensor TargetsOf(ReadOnlySpan<int> rows) =>
            data.ClassNames is not null ? data.LabelTensor(rows) : data.Targets is not null ? data.TargetTensor(rows) : data.InputTensor(rows);
    }
}
