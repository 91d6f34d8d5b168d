using System.Globalization;
using System.Text.Json;
using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>
/// One use of a layer, a loss or an optimizer. Its numbers lie in a safetensors file, under its own: <c>7.state.0.weight</c>, <c>7.input.0</c>,
/// <c>7.seed.0</c>.
/// </summary>
/// <param name="Kind">layer, loss or optimizer.</param>
/// <param name="Name">Its name in <see cref="Layers"/>, <see cref="LossTable"/> or <see cref="Optimizers"/>.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Grads">The inputs that are differentiated by.</param>
/// <param name="Training">Whether a layer is in training.</param>
/// <param name="Steps">How many steps of gradient descent follow.</param>
internal sealed record NetworkCase(string Kind, string Name, Dictionary<string, JsonElement> Args, int[] Grads, bool Training, int Steps)
{
    private const double LearningRate = 0.01, Momentum = 0.9;

    /// <summary>Evaluates the case of a number, and puts what came of it beside the others' results.</summary>
    public void Run(int number, IReadOnlyDictionary<string, Tensor> given, IDictionary<string, Tensor> results)
    {
        var prefix = number.ToString(CultureInfo.InvariantCulture);
        var use = new CaseNumbers(prefix, given, results);
        var arguments = new OperationArguments(Args);
        switch (Kind)
        {
            case "layer": RunLayer(use, arguments); break;
            case "loss": RunLoss(use, arguments); break;
            default: RunOptimizer(use, arguments); break;
        }
    }

    private void RunLayer(CaseNumbers use, OperationArguments arguments)
    {
        var entry = Layers.All[Name];
        var layer = entry.Make(arguments);
        layer.To(DType.Float64);
        layer.LoadState(use.State());
        layer.Train(Training);
        var inputs = Inputs(use);
        var outputs = entry.Run(layer, inputs, arguments);
        use.Put("output", outputs);
        var loss = outputs.Select((output, index) => use.Seed(index) is { } seed && output.Node is not null ? (output * seed).Sum() : null)
            .OfType<Tensor>().ToArray();
        if (loss.Length > 0) loss.Aggregate(static (sum, next) => sum + next).Backward();
        use.Put("input_gradient", inputs);
        foreach (var (name, parameter) in layer.NamedParameters()) use.Put($"gradient.{name}", parameter.Grad ?? Tensor.Zeros(parameter.Shape, DType.Float64));
        if (Steps > 0)
        {
            Descend(new Sgd(layer.Parameters(), new() { LearningRate = LearningRate, Momentum = Momentum }), () => entry.Run(layer, inputs, arguments)
                .Select((output, index) => use.Seed(index) is { } seed && output.Node is not null ? (output - seed).Square().Mean() : null)
                .OfType<Tensor>().Aggregate(static (sum, next) => sum + next));
        }

        use.PutState(layer);
    }

    private void RunLoss(CaseNumbers use, OperationArguments arguments)
    {
        var inputs = Inputs(use);
        var loss = LossTable.All[Name](inputs, arguments);
        use.Put("output", [loss]);
        if (use.Seed(0) is { } seed) (loss * seed).Sum().Backward();
        use.Put("input_gradient", inputs);
    }

    private void RunOptimizer(CaseNumbers use, OperationArguments arguments)
    {
        var network = new Sequential(new Linear(4, 5), new Tanh(), new Linear(5, 3));
        network.To(DType.Float64);
        network.LoadState(use.State());
        var inputs = Inputs(use);
        Descend(Optimizers.All[Name](network.Parameters(), arguments), () => Losses.MeanSquaredError(network.Forward(inputs[0]), inputs[1]));
        use.PutState(network);
    }

    private void Descend(Optimizer optimizer, Func<Tensor> loss)
    {
        for (var step = 0; step < Steps; step++) optimizer.Step(loss);
    }

    private Tensor[] Inputs(CaseNumbers use) => [.. use.Inputs().Select((input, index) => Grads.Contains(index) ? input.Detach().RequireGrad() : input)];
}
