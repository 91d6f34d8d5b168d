namespace Gradus.Training;

/// <summary>The search for the first difference of two runs.</summary>
internal sealed class DifferenceSearch(PastRun a, PastRun b)
{
    private readonly RunCurves _a = a.Record.ReadCurves(), _b = b.Record.ReadCurves();

    public RunDifference? Run()
    {
        var told = FirstTold();
        // At the latest here the states after a step differ, if the runs do.
        var last = told ?? Math.Min(a.Record.LastStep, b.Record.LastStep);
        if (Compare(0) is { } start) return AtStart(start);
        var equal = LastEqual(last);
        a.At(equal);
        b.At(equal);
        for (var step = equal + 1; step <= last; step++)
        {
            var (first, second) = (Make(a, step), Make(b, step));
            var difference = StateDifference.Of(a.Now(), b.Now());
            if (difference is { IsOfEpoch: true }) return AtEnd(step, difference);
            if (difference is not null || !first.Loss.Equals(second.Loss) || !first.LearningRate.Equals(second.LearningRate)) return Inside(step);
            if (Changed(a, "the first run", step) is { } one) return one;
            if (Changed(b, "the second run", step) is { } other) return other;
        }

        if (told is null) return null;
        if (FirstEpoch() is { } epoch && epoch.Step == last) return epoch;
        return new RunDifference(DifferenceKind.Record, last, "events", null, FormattableString.Invariant(
            $"step {last}: the records differ, but both recipes give the same steps: one of the runs was changed while it went on. Verify each."));
    }

    /// <summary>The first step of which the records tell something else; null if they tell the same.</summary>
    private long? FirstTold()
    {
        var (first, second) = (_a, _b);
        var epoch = FirstEpoch()?.Step;
        for (var index = 0; index < Math.Min(first.Steps.Count, second.Steps.Count); index++)
        {
            if (!first.Losses[index].Equals(second.Losses[index]) || !first.LearningRates[index].Equals(second.LearningRates[index]))
            {
                return Math.Min(first.Steps[index], epoch ?? long.MaxValue);
            }
        }

        return epoch;
    }

    /// <summary>The first epoch of which the records tell other figures; null if they tell the same.</summary>
    private RunDifference? FirstEpoch()
    {
        foreach (var (first, second) in _a.Epochs.Zip(_b.Epochs))
        {
            if (first.Step != second.Step) return null;
            foreach (var (name, value) in first.Figures)
            {
                var other = second.Figures.GetValueOrDefault(name, double.NaN);
                if (value.Equals(other)) continue;
                return new RunDifference(DifferenceKind.Epoch, first.Step, name, new TensorDifference([], value, other), FormattableString.Invariant(
                    $"after step {first.Step}, at the end of epoch {first.Epoch}: {name} is {value} and {other}"));
            }
        }

        return null;
    }

    private static RunDifference AtEnd(long step, StateDifference difference) => new(
        DifferenceKind.Epoch, step, difference.Name, difference.Element,
        FormattableString.Invariant($"after step {step}, at the end of its epoch: {difference.Text}"));

    /// <summary>By halving the checkpoints: the last one at which both are equal. What has begun to differ is taken to go on to.</summary>
    private long LastEqual(long last)
    {
        long[] places = [0, .. a.Checkpoints.Concat(b.Checkpoints).Where(step => step < last).Distinct().Order()];
        var (equal, differs) = (0, places.Length);
        while (differs - equal > 1)
        {
            var middle = (equal + differs) / 2;
            if (Compare(places[middle]) is null) equal = middle;
            else differs = middle;
        }

        return places[equal];
    }

    private StateDifference? Compare(long step)
    {
        if (step > 0) return StateDifference.Of(a.At(step).Capture(), b.At(step).Capture());
        a.Restore(0);
        b.Restore(0);
        return StateDifference.Of(a.Now(), b.Now());
    }

    // Past checkpoints, which may have been changed.
    private static StepDone Make(PastRun run, long step) => run.MakeUntil(step).OfType<StepDone>().Last();

    private static RunDifference AtStart(StateDifference start) =>
        new(DifferenceKind.Start, 1, start.Name, start.Element, $"before step 1: {start.Text}");

    /// <summary>Whether a checkpoint of a run holds something else than what its recipe gives.</summary>
    private static RunDifference? Changed(PastRun run, string who, long step)
    {
        if (!run.Checkpoints.Contains(step)) return null;
        if (run.ChangeOf(step) is not { } change) return null;
        return new RunDifference(DifferenceKind.Record, step, change.Name, change.Element, FormattableString.Invariant(
            $"after step {step}: {who} was changed: by its recipe and by its checkpoint, {change.Text}"));
    }

    private RunDifference Inside(long step)
    {
        var (first, second) = (Look(a, step), Look(b, step));
        return OfBatch(step, first.Insight, second.Insight) ?? OfTrace(step, first.Trace, second.Trace) ?? OfUpdate(step, first, second);
    }

    private static (StepInsight Insight, List<TracedValue> Trace) Look(PastRun run, long step)
    {
        StepInsight? seen = null;
        var trainer = run.At(step - 1);
        using var trace = new StepTrace();
        // What comes after the last backward pass is the optimizer's, and is judged by the weights that it makes.
        var count = 0;
        trainer.LookInto(insight => (seen, count) = (seen ?? insight, trace.Values.Count));
        return (seen!, trace.Values[..count]);
    }

    private static RunDifference? OfBatch(long step, StepInsight a, StepInsight b)
    {
        var at = FormattableString.Invariant($"step {step}");
        if (!a.Rows.SequenceEqual(b.Rows))
        {
            var place = a.Rows.Zip(b.Rows).TakeWhile(static pair => pair.First == pair.Second).Count();
            var what = a.Rows.Count == b.Rows.Count ? $"sample {place} of the batch is row {a.Rows[place]} and row {b.Rows[place]}"
                : $"the batch has {a.Rows.Count} and {b.Rows.Count} samples";
            return new RunDifference(DifferenceKind.Batch, step, "rows", null, $"{at}: {what}");
        }

        foreach (var (name, value) in a.Batch)
        {
            if (!b.Batch.TryGetValue(name, out var other) || value.Shape != other.Shape || value.DType != other.DType)
            {
                return new RunDifference(DifferenceKind.Batch, step, name, null, $"{at}: the batch's '{name}' has not one shape and type in both");
            }

            if (TensorDifference.Of(value, other) is not { } element) continue;
            var row = element.Element.Count > 0 && element.Element[0] < a.Rows.Count && value.Shape[0] % a.Rows.Count == 0
                ? $" (row {a.Rows[element.Element[0] / (value.Shape[0] / a.Rows.Count)]} of the data)" : "";
            return new RunDifference(DifferenceKind.Batch, step, name, element, $"{at}: the batch's '{name}'{row} {element}");
        }

        return null;
    }

    private static RunDifference? OfTrace(long step, List<TracedValue> a, List<TracedValue> b)
    {
        var at = FormattableString.Invariant($"step {step}");
        foreach (var (first, second) in a.Zip(b))
        {
            var kind = first.Input < 0 ? DifferenceKind.Forward : DifferenceKind.Backward;
            if ((first.Operator, first.Module, first.Input) != (second.Operator, second.Module, second.Input))
            {
                return new RunDifference(kind, step, first.ToString(), null, $"{at}: {first} in the first run is {second} in the second");
            }

            if (first.Value.Shape != second.Value.Shape || first.Value.DType != second.Value.DType)
            {
                return new RunDifference(
                    kind, step, first.ToString(), null, $"{at}: {first} gave {first.Value.Describe()} and {second.Value.Describe()}");
            }

            if (TensorDifference.Of(first.Value, second.Value) is { } element)
            {
                return new RunDifference(kind, step, first.ToString(), element, $"{at}: {first} gave {element}");
            }
        }

        return null;
    }

    private RunDifference OfUpdate(long step, (StepInsight Insight, List<TracedValue> Trace) first, (StepInsight Insight, List<TracedValue> Trace) second)
    {
        var rates = first.Insight.LearningRate.Equals(second.Insight.LearningRate) ? ""
            : FormattableString.Invariant($", at the learning rates {first.Insight.LearningRate} and {second.Insight.LearningRate}");
        var optimizers = (A: first.Insight.Optimizer.GetType().Name, B: second.Insight.Optimizer.GetType().Name);
        var name = optimizers.A == optimizers.B ? optimizers.A : $"{optimizers.A} and {optimizers.B}";
        a.At(step - 1);
        b.At(step - 1);
        Make(a, step);
        Make(b, step);
        var change = StateDifference.Of(a.Now(), b.Now());
        return new RunDifference(DifferenceKind.Update, step, change?.Name ?? "learning rate", change?.Element, FormattableString.Invariant(
            $"step {step}: from equal gradients {name} made {change?.Text ?? "the same weights"}{rates}"));
    }
}
