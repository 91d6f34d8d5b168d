namespace Gradus;

// Matrices of first and second derivatives, and gradients sample by sample.
public static partial class Autograd
{
    /// <summary>All first derivatives of a function: J[i…, j…] = ∂yᵢ/∂xⱼ, shaped [output's sizes…, input's sizes…].</summary>
    /// <param name="function">Any function of Tensor arithmetic.</param>
    /// <param name="x">Where.</param>
    /// <param name="createGraph">Whether the result can be differentiated.</param>
    /// <remarks>Row by row in reverse mode, or column by column in forward mode where the output has more elements than the input.</remarks>
    public static Tensor Jacobian(Func<Tensor, Tensor> function, Tensor x, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Jacobian(inputs => function(inputs[0]), [x], createGraph)[0];
    }

    /// <summary>All first derivatives of a function of several inputs: a matrix for each.</summary>
    /// <inheritdoc cref="Jacobian(Func{Tensor, Tensor}, Tensor, bool)"/>
    /// <param name="function">Any function of Tensor arithmetic.</param>
    /// <param name="inputs">Where.</param>
    /// <param name="createGraph">Whether the result can be differentiated.</param>
    public static Tensor[] Jacobian(Func<Tensor[], Tensor> function, IReadOnlyList<Tensor> inputs, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var points = Points("jacobian", inputs, createGraph);
        return Matrices(Evaluate("jacobian", function, points), points, createGraph);
    }

    /// <summary>All second derivatives of a function that gives one number: H[i…, j…] = ∂²y/∂xᵢ∂xⱼ, shaped [input's sizes…, input's sizes…].</summary>
    /// <param name="function">A function whose output is a single number.</param>
    /// <param name="x">Where.</param>
    /// <param name="createGraph">Whether the result can be differentiated.</param>
    /// <exception cref="GradusException">The output is not a single number.</exception>
    public static Tensor Hessian(Func<Tensor, Tensor> function, Tensor x, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Hessian(inputs => function(inputs[0]), [x], createGraph)[0][0];
    }

    /// <summary>All second derivatives of a function of several inputs: at [i][j] those with respect to inputs i and j.</summary>
    /// <inheritdoc cref="Hessian(Func{Tensor, Tensor}, Tensor, bool)"/>
    /// <param name="function">A function whose output is a single number.</param>
    /// <param name="inputs">Where.</param>
    /// <param name="createGraph">Whether the result can be differentiated.</param>
    public static Tensor[][] Hessian(Func<Tensor[], Tensor> function, IReadOnlyList<Tensor> inputs, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var points = Points("hessian", inputs, createGraph);
        var output = Number("hessian", Evaluate("hessian", function, points));
        var gradients = Gradients(output, points, null, createGraph: true, retainGraph: true);
        return [.. gradients.Select(gradient => Matrices(gradient, points, createGraph))];
    }

    /// <summary>The gradients of a loss with respect to the parameters, apart for each sample of a batch.</summary>
    /// <param name="loss">Computes the loss, a single number, of a batch of one: each tensor keeps its first axis, with size 1.</param>
    /// <param name="batch">Tensors whose first axis counts the samples.</param>
    /// <param name="parameters">Tensors that require a gradient.</param>
    /// <returns>For each parameter a tensor shaped [samples, parameter's sizes…].</returns>
    /// <remarks>
    /// The samples are evaluated one after the other: the cost of the batch as a whole, and of one pass of the engine for each sample. For gradient noise and
    /// clipping sample by sample.
    /// </remarks>
    /// <exception cref="GradusException">The tensors of the batch differ in their first axis, or a parameter does not require a gradient.</exception>
    public static Tensor[] PerSampleGradients(Func<Tensor[], Tensor> loss, IReadOnlyList<Tensor> batch, IReadOnlyList<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (var part in batch) ArgumentNullException.ThrowIfNull(part);
        if (batch.Count == 0 || batch.Any(part => part.Rank == 0 || part.Shape[0] != batch[0].Shape[0]))
        {
            throw new GradusException(
                $"perSampleGradients: the batch is {PlainText.QuoteAll(batch.Select(static part => part.Describe()))}; " +
                "its tensors must have the same first axis.");
        }

        foreach (var parameter in parameters) RequireNode("perSampleGradients", parameter);
        var gradients = parameters.Select(parameter => new Tensor[batch[0].Shape[0]]).ToArray();
        for (var sample = 0; sample < batch[0].Shape[0]; sample++)
        {
            var output = Number("perSampleGradients", Evaluate("perSampleGradients", loss, [.. batch.Select(part => part.Slice(0, sample, 1))]));
            var own = Gradients(output, [.. parameters], null, createGraph: false, retainGraph: false);
            for (var index = 0; index < own.Length; index++) gradients[index][sample] = own[index];
        }

        return
        [
            .. gradients.Select((samples, index) => samples.Length == 0
                ? Tensor.Zeros([0, .. parameters[index].Shape.AsSpan()], parameters[index].DType)
                : Tensor.Stack(samples)),
        ];
    }

    private static Tensor[] Matrices(Tensor output, Tensor[] points, bool createGraph)
    {
        Shape SizesOf(Tensor point) => Shape.Create([.. output.Shape.AsSpan(), .. point.Shape.AsSpan()]);
        if (output.Node is null || output.Count == 0) return [.. points.Select(point => Tensor.Zeros(SizesOf(point), output.DType))];
        var columns = points.Sum(static point => point.Count);
        return output.Count <= columns
            ? Rows(output, points, createGraph, SizesOf)
            : [.. points.Select(point => Columns(output, point, createGraph, SizesOf(point)))];
    }

    private static Tensor[] Rows(Tensor output, Tensor[] points, bool createGraph, Func<Tensor, Shape> sizesOf)
    {
        var rows = points.Select(_ => new Tensor[output.Count]).ToArray();
        for (var element = 0; element < output.Count; element++)
        {
            var gradients = Gradients(output, points, OneHot(output, element), createGraph, retainGraph: true);
            for (var index = 0; index < points.Length; index++) rows[index][element] = gradients[index];
        }

        using var mode = GradMode.Set(createGraph);
        return [.. rows.Select((own, index) => Tensor.Stack(own).Reshape(sizesOf(points[index])))];
    }

    private static Tensor Columns(Tensor output, Tensor point, bool createGraph, Shape shape)
    {
        var columns = new Tensor[point.Count];
        for (var element = 0; element < columns.Length; element++)
        {
            columns[element] = ForwardPass.Push([output], [point], [OneHot(point, element)], createGraph)[0] ?? Tensor.ZerosLike(output);
        }

        using var mode = GradMode.Set(createGraph);
        return columns.Length == 0 ? Tensor.Zeros(shape, output.DType) : Tensor.Stack(columns, output.Rank).Reshape(shape);
    }

    private static Tensor OneHot(Tensor like, int element) => Tensor.Arange((int)like.Count).Equal(element).To(like.DType).Reshape(like.Shape);
}
