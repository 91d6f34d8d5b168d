using Gradus.Kernels;

namespace Gradus;

/// <summary>The optimizers' fused updates: one pass over a parameter, its gradient and its states, in place.</summary>
internal static class Updates
{
    /// <summary>p ← p − η·(g + λ·p), with momentum if there is a state for it.</summary>
    public static void Sgd(Tensor parameter, Tensor gradient, Tensor? velocity, double learningRate, double weightDecay, double momentum, double dampening, bool nesterov, bool isFirstStep)
    {
        if (parameter.DType == DType.Float32)
        {
            if (velocity is null) Run<float, SgdUpdate<float>>(new(learningRate, weightDecay), parameter, gradient, null, null);
            else Run<float, MomentumUpdate<float>>(new(learningRate, weightDecay, momentum, dampening, nesterov, isFirstStep), parameter, gradient, velocity, null);
        }
        else
        {
            if (velocity is null) Run<double, SgdUpdate<double>>(new(learningRate, weightDecay), parameter, gradient, null, null);
            else Run<double, MomentumUpdate<double>>(new(learningRate, weightDecay, momentum, dampening, nesterov, isFirstStep), parameter, gradient, velocity, null);
        }
    }

    /// <summary>Adam, with the decay in the gradient or, decoupled, on the parameter.</summary>
    public static void Adam(
        Tensor parameter, Tensor gradient, Tensor first, Tensor second,
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled, double correction1, double correction2)
    {
        if (parameter.DType == DType.Float32)
        {
            Run<float, AdamUpdate<float>>(new(learningRate, beta1, beta2, epsilon, weightDecay, decoupled, correction1, correction2), parameter, gradient, first, second);
        }
        else
        {
            Run<double, AdamUpdate<double>>(new(learningRate, beta1, beta2, epsilon, weightDecay, decoupled, correction1, correction2), parameter, gradient, first, second);
        }
    }

    /// <summary>state ← state + share·(factor·value − state): a running mean.</summary>
    public static void Running(Tensor state, Tensor value, double share, double factor)
    {
        if (state.DType == DType.Float32) Run<float, RunningUpdate<float>>(new(share, factor), state, value, null, null);
        else Run<double, RunningUpdate<double>>(new(share, factor), state, value, null, null);
    }

    private static unsafe void Run<T, TUpdate>(TUpdate update, Tensor parameter, Tensor gradient, Tensor? first, Tensor? second)
        where T : unmanaged where TUpdate : struct, IUpdate<T>
    {
        if (gradient.Shape != parameter.Shape || gradient.DType != parameter.DType) throw new GradusException($"step: the gradient is {gradient.Describe()}, the parameter {parameter.Describe()}.");
        if (parameter.DType.IsHalf) throw new GradusException($"step: {parameter.Describe()} is too coarse for small changes to show. Keep the parameter in f32 and convert it where it is used.");
        if (!parameter.IsContiguous) throw new GradusException($"step: the parameter {parameter.Describe()} is a view with gaps. Make it from a Clone().");
        using var mode = GradMode.Disable();
        gradient = gradient.Contiguous();
        fixed (byte* p = &parameter.Storage.Origin, g = &gradient.Storage.Origin, m = &Origin(first), v = &Origin(second))
        {
            Update.Run(update, (nint)parameter.Count, parameter.See(p).As<T>(), gradient.See(g).As<T>(), (T*)m, (T*)v);
        }

        parameter.Storage.Touch(typeof(TUpdate) == typeof(RunningUpdate<T>) ? "an update of running statistics" : "an optimizer's step");
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    private static ref byte Origin(Tensor? state)
    {
        if (state is not null) return ref state.Storage.Origin;
        return ref System.Runtime.CompilerServices.Unsafe.NullRef<byte>();
    }
}
