using System.Runtime.CompilerServices;
using Gradus.Kernels;

namespace Gradus;

/// <summary>What an update works on: a parameter, its gradient and the states that the optimizer keeps of it.</summary>
internal readonly record struct UpdateOperands(Tensor Parameter, Tensor Gradient, Tensor? First = null, Tensor? Second = null, Tensor? Third = null);

/// <summary>The optimizers' fused updates: one pass over a parameter, its gradient and its states, in place. The formulas stand at the kernels.</summary>
internal static class UpdateKernels
{
    private const string Step = "an optimizer's step";

    /// <summary>p ← p − η·(g + λ·p), with momentum if there is a state for it.</summary>
    public static void Sgd(
        in UpdateOperands operands, double learningRate, double weightDecay, double momentum, double dampening, bool nesterov, bool isFirstStep)
    {
        if (operands.First is null) Run(new SgdUpdate(learningRate, weightDecay), operands);
        else Run(new MomentumUpdate(learningRate, weightDecay, momentum, dampening, nesterov, isFirstStep), operands);
    }

    /// <summary>Adam, with the decay in the gradient or, decoupled, on the parameter; AMSGrad if there is a third state.</summary>
    public static void Adam(
        in UpdateOperands operands, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled,
        double correction1, double correction2)
    {
        if (operands.Third is null) Run(new AdamUpdate(learningRate, beta1, beta2, epsilon, weightDecay, decoupled, correction1, correction2), operands);
        else Run(new AmsGradUpdate(learningRate, beta1, beta2, epsilon, weightDecay, decoupled, correction1, correction2), operands);
    }

    public static void Adagrad(in UpdateOperands operands, double learningRate, double epsilon, double weightDecay) =>
        Run(new AdagradUpdate(learningRate, epsilon, weightDecay), operands);

    public static void Adadelta(in UpdateOperands operands, double learningRate, double rho, double epsilon, double weightDecay) =>
        Run(new AdadeltaUpdate(learningRate, rho, epsilon, weightDecay), operands);

    public static void Adamax(in UpdateOperands operands, double step, double beta1, double beta2, double epsilon, double weightDecay) =>
        Run(new AdamaxUpdate(step, beta1, beta2, epsilon, weightDecay), operands);

    public static void AveragedSgd(in UpdateOperands operands, double rate, double lambda, double share, double weightDecay) =>
        Run(new AveragedSgdUpdate(rate, lambda, share, weightDecay), operands);

    public static void NAdam(
        in UpdateOperands operands, double gradientRate, double meanRate, double beta1, double beta2, double epsilon, double weightDecay,
        double shrink, double correction2) =>
        Run(new NAdamUpdate(gradientRate, meanRate, beta1, beta2, epsilon, weightDecay, shrink, correction2), operands);

    public static void RAdam(
        in UpdateOperands operands, double step, bool adaptive, double beta1, double beta2, double epsilon, double weightDecay, double shrink) =>
        Run(new RAdamUpdate(step, adaptive, beta1, beta2, epsilon, weightDecay, shrink), operands);

    /// <summary>RMSprop, with momentum if there is a second state, centered if there is a third.</summary>
    public static void RmsProp(in UpdateOperands operands, double learningRate, double alpha, double epsilon, double weightDecay, double momentum)
    {
        if (operands.Third is not null) Run(new RmsPropCenteredUpdate(learningRate, alpha, epsilon, weightDecay, momentum), operands);
        else if (operands.Second is not null) Run(new RmsPropMomentumUpdate(learningRate, alpha, epsilon, weightDecay, momentum), operands);
        else Run(new RmsPropUpdate(learningRate, alpha, epsilon, weightDecay), operands);
    }

    public static void Rprop(in UpdateOperands operands, double down, double up, double smallest, double largest) =>
        Run(new RpropUpdate(down, up, smallest, largest), operands);

    public static void Lion(in UpdateOperands operands, double learningRate, double beta1, double beta2, double weightDecay) =>
        Run(new LionUpdate(learningRate, beta1, beta2, weightDecay), operands);

    /// <summary>LAMB's direction into the third state.</summary>
    public static void LambDirection(
        in UpdateOperands operands, double beta1, double beta2, double epsilon, double weightDecay, double correction1, double correction2) =>
        Run(new LambDirectionUpdate(beta1, beta2, epsilon, weightDecay, correction1, correction2), operands);

    /// <summary>state ← (1 − share)·state + share·factor·value, held within the numbers of its type: a running mean.</summary>
    public static void Running(Tensor state, Tensor value, double share, double factor) =>
        Run(new RunningUpdate(share, factor), new UpdateOperands(state, value), "an update of running statistics");

    /// <summary>average ← average + share·(value − average).</summary>
    public static void Average(Tensor average, Tensor value, double share) =>
        Run(new AverageUpdate(share), new UpdateOperands(average, value), "an update of averages");

    /// <summary>x ← factor·x.</summary>
    public static void Scale(Tensor x, double factor) => Run(new ScaleUpdate(factor), new UpdateOperands(x, x), "a scaling");

    /// <summary>x ← x, held in ±bound.</summary>
    public static void Clamp(Tensor x, double bound) => Run(new ClampUpdate(bound), new UpdateOperands(x, x), "a clipping");

    /// <summary>Exchanges the values of two tensors.</summary>
    public static void Swap(Tensor x, Tensor y) => Run(default(SwapUpdate), new UpdateOperands(x, x, y), "a swap of weights");

    /// <summary>√Σx², with the same bits for any number of threads.</summary>
    public static unsafe double Norm(Tensor x)
    {
        if (!x.DType.IsFloat) throw Errors.WrongDType("norm", "floating-point numbers", x);
        using var mode = GradMode.Disable();
        // Frees the copies, if any are made.
        using var scope = x.DType.IsHalf || !x.IsContiguous ? new TensorScope() : null;
        x = x.DType.IsHalf ? x.To(DType.Float32).Contiguous() : x.Contiguous();
        double root;
        fixed (byte* p = &x.Storage.Origin)
        {
            root = x.DType == DType.Float32 ? SquareSum.Root(x.See(p).As<float>(), (nint)x.Count) : SquareSum.Root(x.See(p).As<double>(), (nint)x.Count);
        }

        GC.KeepAlive(x);
        return root;
    }

    private static unsafe void Run<TUpdate>(TUpdate update, in UpdateOperands operands, string change = Step) where TUpdate : struct, IUpdate
    {
        var (parameter, gradient, first, second, third) = operands;
        if (gradient.Shape != parameter.Shape || gradient.DType != parameter.DType)
        {
            throw new GradusException($"step: the gradient is {gradient.Describe()}, the parameter {parameter.Describe()}.");
        }

        if (parameter.DType.IsHalf)
        {
            throw new GradusException(
                $"step: {parameter.Describe()} is too coarse for small changes to show. Keep the parameter in f32 and convert it where it is used.");
        }

        if (!parameter.IsContiguous) throw new GradusException($"step: the parameter {parameter.Describe()} is a view with gaps. Make it from a Clone().");
        RequireState(parameter, first);
        RequireState(parameter, second);
        RequireState(parameter, third);
        using var mode = GradMode.Disable();
        gradient = gradient.Contiguous();
        var n = (nint)parameter.Count;
        fixed (byte* p = &parameter.Storage.Origin, g = &gradient.Storage.Origin, a = &Origin(first), b = &Origin(second), c = &Origin(third))
        {
            Operand at = parameter.See(p), along = gradient.See(g), one = See(first, a), two = See(second, b), three = See(third, c);
            if (parameter.DType == DType.Float32) Update.Run(update, n, at.As<float>(), along.As<float>(), one.As<float>(), two.As<float>(), three.As<float>());
            else Update.Run(update, n, at.As<double>(), along.As<double>(), one.As<double>(), two.As<double>(), three.As<double>());
        }

        parameter.Storage.Touch(change);
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(third);
    }

    private static void RequireState(Tensor parameter, Tensor? state)
    {
        if (state is null || (state.Shape == parameter.Shape && state.DType == parameter.DType && state.IsContiguous)) return;
        throw new GradusException($"step: a state is {state.Describe()}{(state.IsContiguous ? "" : ", with gaps")}, the parameter {parameter.Describe()}.");
    }

    private static unsafe Operand See(Tensor? state, byte* origin) => state is null ? default : state.See(origin);

    private static ref byte Origin(Tensor? state)
    {
        if (state is not null) return ref state.Storage.Origin;
        return ref Unsafe.NullRef<byte>();
    }
}
