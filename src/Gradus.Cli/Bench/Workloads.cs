namespace Gradus.Cli.Bench;

/// <summary>The workloads of <c>gradus bench</c>, group by group.</summary>
internal static partial class Workloads
{
    /// <summary>All of them, in the order in which they run.</summary>
    public static IEnumerable<Workload> All =>
        [.. Products, .. Elementwise, .. Reductions, .. Everyday, .. Windows, .. Training, .. Overhead, .. ForwardMode, .. Inference];

    private static Tensor Normal(params ReadOnlySpan<int> sizes) => Tensor.Randn(Shape.Create(sizes));

    /// <summary>
    /// A result that is computed without a graph and freed at once, as the other side frees its own: what is timed is the kernel, not the collector.
    /// </summary>
    private static Action Dropped(Func<Tensor> compute) => () =>
    {
        using var noGrad = new NoGrad();
        using var scope = new TensorScope();
        compute();
    };
}
