namespace Gradus.Nn.Tests.Layers.Specs;

internal static class ActivationSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["Relu"] = ModuleSpec.Of(static () => new Relu(), [2, 3], [2, 3], "Relu()"),
        ["Sigmoid"] = ModuleSpec.Of(static () => new Sigmoid(), [2, 3], [2, 3], "Sigmoid()"),
        ["Tanh"] = ModuleSpec.Of(static () => new Tanh(), [2, 3], [2, 3], "Tanh()"),
        ["Gelu"] = ModuleSpec.Of(static () => new Gelu(), [2, 3], [2, 3], "Gelu()"),
        ["Gelu by tanh"] = ModuleSpec.Of(static () => new Gelu(tanh: true), [2, 3], [2, 3], "Gelu(tanh)"),
        ["Silu"] = ModuleSpec.Of(static () => new Silu(), [2, 3], [2, 3], "Silu()"),
        ["Elu"] = ModuleSpec.Of(static () => new Elu(0.5), [2, 3], [2, 3], "Elu(0.5)"),
        ["Celu"] = ModuleSpec.Of(static () => new Celu(0.5), [2, 3], [2, 3], "Celu(0.5)"),
        ["Selu"] = ModuleSpec.Of(static () => new Selu(), [2, 3], [2, 3], "Selu()"),
        ["LeakyRelu"] = ModuleSpec.Of(static () => new LeakyRelu(), [2, 3], [2, 3], "LeakyRelu(0.01)"),
        ["Hardshrink"] = ModuleSpec.Of(static () => new Hardshrink(), [2, 3], [2, 3], "Hardshrink(0.5)"),
        ["Softshrink"] = ModuleSpec.Of(static () => new Softshrink(), [2, 3], [2, 3], "Softshrink(0.5)"),
        ["Hardsigmoid"] = ModuleSpec.Of(static () => new Hardsigmoid(), [2, 3], [2, 3], "Hardsigmoid()"),
        ["Hardswish"] = ModuleSpec.Of(static () => new Hardswish(), [2, 3], [2, 3], "Hardswish()"),
        ["Hardtanh"] = ModuleSpec.Of(static () => new Hardtanh(), [2, 3], [2, 3], "Hardtanh(-1, 1)"),
        ["LogSigmoid"] = ModuleSpec.Of(static () => new LogSigmoid(), [2, 3], [2, 3], "LogSigmoid()"),
        ["Relu6"] = ModuleSpec.Of(static () => new Relu6(), [2, 3], [2, 3], "Relu6()"),
        ["Mish"] = ModuleSpec.Of(static () => new Mish(), [2, 3], [2, 3], "Mish()"),
        ["Softplus"] = ModuleSpec.Of(static () => new Softplus(2), [2, 3], [2, 3], "Softplus(2, 20)"),
        ["Softsign"] = ModuleSpec.Of(static () => new Softsign(), [2, 3], [2, 3], "Softsign()"),
        ["Tanhshrink"] = ModuleSpec.Of(static () => new Tanhshrink(), [2, 3], [2, 3], "Tanhshrink()"),
        ["Threshold"] = ModuleSpec.Of(static () => new Threshold(0.1, 20), [2, 3], [2, 3], "Threshold(0.1, 20)"),
        ["Softmin"] = ModuleSpec.Of(static () => new Softmin(), [2, 3], [2, 3], "Softmin(-1)"),
        ["LogSoftmax"] = ModuleSpec.Of(static () => new LogSoftmax(), [2, 3], [2, 3], "LogSoftmax(-1)"),
        ["Softmax"] = ModuleSpec.Of(static () => new Softmax(), [2, 3], [2, 3], "Softmax()"),
        ["Softmax2d"] = ModuleSpec.Of(static () => new Softmax2d(), [2, 3, 2, 2], [2, 3, 2, 2], "Softmax2d()"),
        ["Glu"] = ModuleSpec.Of(static () => new Glu(), [2, 6], [2, 3], "Glu(-1)"),
        ["RRelu"] = ModuleSpec.Of(static () => new RRelu(), [4, 3], [4, 3], "RRelu(0.125, 0.3333)") with { DiffersInTraining = true, IsRandom = true },
        ["PRelu"] = ModuleSpec.Of(static () => new PRelu(), [2, 3], [2, 3], "PRelu(1)"),
        ["PRelu of channels"] = ModuleSpec.Of(static () => new PRelu(3), [2, 3, 4], [2, 3, 4], "PRelu(3)"),
    };
}
