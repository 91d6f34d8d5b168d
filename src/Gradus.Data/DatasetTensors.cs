namespace Gradus.Data;

/// <summary>Tensors of rows of a dataset, as networks and losses take them.</summary>
public static class DatasetTensors
{
    extension(Dataset dataset)
    {
        /// <summary>The inputs of some rows: f32 [rows, …input shape]; for text and sentences the tokens, i32 [rows, tokens].</summary>
        /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
        /// <exception cref="GradusException">The tensor would have more numbers than an array can hold.</exception>
        public Tensor InputTensor(ReadOnlySpan<int> rows)
        {
            var length = RowArray.Length(rows.Length, dataset.Inputs.Size);
            if (dataset.IsText || dataset.IsSentences)
            {
                var tokens = new int[length];
                dataset.CopyTokens(rows, tokens);
                return Tensor.From(tokens, [rows.Length, dataset.Inputs.Size]);
            }

            var tensor = Tensor.Allocate(new Meta(Shape.Create([rows.Length, .. dataset.InputShape]), DType.Float32));
            dataset.Inputs.CopyRows(rows, tensor.Writable<float>());
            tensor.Own(TensorScope.Current);
            return tensor;
        }

        /// <summary>The labels of some rows: i32 [rows]; for text the next tokens, i32 [rows · context].</summary>
        /// <exception cref="InvalidOperationException">The dataset has no classes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
        /// <exception cref="GradusException">The tensor would have more numbers than an array can hold.</exception>
        public Tensor LabelTensor(ReadOnlySpan<int> rows)
        {
            var labels = new int[RowArray.Length(rows.Length, dataset.PredictionsPerSample)];
            dataset.CopyLabels(rows, labels);
            return Tensor.From(labels, [labels.Length]);
        }

        /// <summary>The numeric targets of some rows: f32 [rows, target size].</summary>
        /// <exception cref="InvalidOperationException">The dataset has no numeric targets.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
        /// <exception cref="GradusException">The tensor would have more numbers than an array can hold.</exception>
        public Tensor TargetTensor(ReadOnlySpan<int> rows)
        {
            var targets = new float[RowArray.Length(rows.Length, dataset.TargetSize)];
            dataset.CopyTargets(rows, targets);
            return Tensor.From(targets, [rows.Length, dataset.TargetSize]);
        }
    }
}
