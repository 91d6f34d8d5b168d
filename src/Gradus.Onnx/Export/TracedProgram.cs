using Gradus.Nn;
using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>What a computation evaluates, for batches of any size: two runs side by side, and a third that has to agree.</summary>
internal sealed class TracedProgram
{
    private readonly Trace _first, _second;

    private TracedProgram(Module? root, Trace first, Trace second)
    {
        (Root, _first, _second) = (root, first, second);
        RequireUnread(first);
        RequireAlike(first, second);
    }

    /// <summary>The module that is exported; null for a computation without one.</summary>
    public Module? Root { get; }

    /// <summary>The steps, with the arguments of the first run.</summary>
    public IReadOnlyList<TraceStep> Steps => _first.Steps;

    /// <summary>The steps of the second run, which differ from those of the first in their arguments alone.</summary>
    public IReadOnlyList<TraceStep> OtherSteps => _second.Steps;

    /// <summary>The numbers of what goes in.</summary>
    public int[] Inputs => _first.Inputs;

    /// <summary>The numbers of what comes out.</summary>
    public int[] Outputs => _first.Outputs;

    /// <summary>Stands for the reading of the outputs, after all steps.</summary>
    public TraceStep Reading => new(null, default(None), null, "", Outputs, []);

    /// <summary>Runs a computation more than once, which tells too what is random.</summary>
    public static TracedProgram Of(Module? root, Func<Tensor[], IEnumerable<Tensor>> compute, ExportInputs inputs)
    {
        // The first run draws parameters and settles sizes that were left out.
        Tracer.Settle(compute, inputs.IsDynamic ? inputs.For(Extent.Batch) : inputs.Examples);
        Trace Run(int batch) => Tracer.Run(root, compute, inputs.IsDynamic ? inputs.For(batch) : inputs.Examples);
        var program = new TracedProgram(root, Run(Extent.Batch), Run(Extent.Batch + 1));
        if (inputs.IsDynamic) program.RequireFits(Run(ExportInputs.Check), ExportInputs.Check);
        return program;
    }

    /// <summary>A value in the first run.</summary>
    public Tensor Value(int number) => _first.Values[number];

    /// <summary>A value in the second run.</summary>
    public Tensor OtherValue(int number) => _second.Values[number];

    /// <summary>The sizes of a value.</summary>
    public Extent[] Sizes(int number) => Extent.Of(Value(number).Shape.AsSpan(), OtherValue(number).Shape.AsSpan());

    private static void RequireAlike(Trace first, Trace second)
    {
        for (var index = 0; index < Math.Max(first.Steps.Count, second.Steps.Count); index++)
        {
            if (index >= first.Steps.Count || index >= second.Steps.Count) throw Unlike(index < first.Steps.Count ? first.Steps[index] : second.Steps[index]);
            TraceStep ours = first.Steps[index], theirs = second.Steps[index];
            if (ours.Op != theirs.Op || ours.Module != theirs.Module || !ours.Inputs.AsSpan().SequenceEqual(theirs.Inputs) ||
                !ours.Outputs.AsSpan().SequenceEqual(theirs.Outputs))
            {
                throw Unlike(ours);
            }
        }

        if (!first.Outputs.AsSpan().SequenceEqual(second.Outputs)) throw Unlike(new TraceStep(null, default(None), null, "", [], []));
    }

    // What other code read of the inputs may have decided what was computed.
    private static void RequireUnread(Trace trace)
    {
        var live = trace.Inputs.ToHashSet();
        foreach (var step in trace.Steps)
        {
            if (Array.Exists(step.Inputs, live.Contains)) live.UnionWith(step.Outputs);
        }

        foreach (var (value, path) in trace.Reads)
        {
            if (!live.Contains(value)) continue;
            throw new GradusException(
                $"onnx: {(path.Length == 0 ? "the computation" : $"'{path}'")} reads numbers that depend on the input, {trace.Values[value].Describe()}, " +
                "outside of operators: what it does with them would be the same for every input. Compute with tensors instead. Nothing was written.");
        }
    }

    private static GradusException Unlike(TraceStep step) => new(
        $"onnx: {(step.Path.Length == 0 ? "the computation" : step.Path)} evaluates other operators for another batch, from {step.Name} on; " +
        "a graph has no such choice. Write it without conditions on sizes or values, or export with DynamicBatch = false.");

    private void RequireFits(Trace third, int batch)
    {
        RequireAlike(_first, third);
        var given = Steps.SelectMany(static step => step.Outputs).Concat(Inputs).ToHashSet();
        for (var number = 0; number < _first.Values.Count; number++)
        {
            var (sizes, found) = (Sizes(number), third.Values[number]);
            for (var axis = 0; axis < sizes.Length; axis++)
            {
                if (sizes[axis].At(batch) != found.Shape[axis]) throw Unfit(number, axis, found.Shape[axis], batch);
            }

            // A constant that is one for both runs is one for all.
            if (!given.Contains(number) && SameBits.Are(Value(number), OtherValue(number)) && !SameBits.Are(Value(number), found))
                throw new GradusException($"onnx: {Value(number).Describe()} has other numbers for a batch of {batch}. Export with DynamicBatch = false.");
        }

        for (var step = 0; step < Steps.Count; step++)
        {
            if (ArgumentPair.Fits(Steps[step], OtherSteps[step], third.Steps[step], batch)) continue;
            throw new GradusException(
                $"onnx: an argument of {Steps[step].Name} in '{Steps[step].Path}' depends on the batch, and is no multiple of it. " +
                "Export with DynamicBatch = false.");
        }
    }

    private GradusException Unfit(int number, int axis, int found, int batch)
    {
        var step = Steps.FirstOrDefault(step => step.Outputs.Contains(number));
        var place = step is null ? "a constant" : $"what {step.Name} gives in '{step.Path}'";
        var size = Sizes(number)[axis];
        return new GradusException(
            FormattableString.Invariant($"onnx: axis {axis} of {place} has {size.First}, {size.Second} and {found} positions for ") +
            FormattableString.Invariant($"batches of {Extent.Batch}, {Extent.Batch + 1} and {batch}: no multiple of the batch. ") +
            "Export with DynamicBatch = false.");
    }
}
