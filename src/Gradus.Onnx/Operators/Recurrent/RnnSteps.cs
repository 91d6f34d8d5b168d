namespace Gradus.Onnx;

/// <summary>h ← f(W·x + R·h + b).</summary>
internal sealed class RnnSteps(RecurrentCall run, int direction) : RecurrentSteps(run, direction, "Tanh")
{
    public override void Step(Tensor input) => Hidden = Activate(0, input.Linear(InputWeight, InputBias) + Hidden.Linear(HiddenWeight, HiddenBias));
}
