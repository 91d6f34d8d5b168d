namespace Gradus.Nn.Tests.Diagnosis;

/// <summary>A network with a batch, as it is brought to the doctor.</summary>
internal sealed record Patient(Module<Tensor, Tensor> Network, Tensor Input, Func<Tensor, Tensor> Loss, Func<Module, Optimizer>? Optimizer = null)
{
    public const int Classes = 5;

    /// <summary>A classifier with the parameters of a seed, and a standard normal batch of 64.</summary>
    public static Patient Classifier(Module<Tensor, Tensor> network, long seed, params ReadOnlySpan<int> sample)
    {
        network.Initialize(seed);
        var input = Tensor.Randn([64, .. sample], generator: new Generator(seed, "input"));
        var labels = (Tensor.Rand([64], generator: new Generator(seed, "labels")) * Classes).To(DType.Int64);
        return new Patient(network, input, outputs => Losses.CrossEntropy(outputs, labels), static model => new Adam(model.Parameters(), 1e-3));
    }

    public Tensor Evaluate() => Loss(Network.Forward(Input));

    public Examination Examine() => Doctor.Examine(Network, Evaluate, Optimizer?.Invoke(Network));
}
