using Gradus.Data;
using Gradus.Training.Tests.Golden;

namespace Gradus.Training.Tests.Runs;

/// <summary>A step that failed is kept in one file, which says what went wrong.</summary>
[Collection(nameof(Alone))]
public sealed class ReplayTests
{
    [Theory]
    [InlineData(float.PositiveInfinity, "1: linear gave infinity at [")]
    [InlineData(float.NaN, "1: linear gave NaN at [")]
    public void A_number_that_is_planted_at_step_777_is_found_on_another_number_of_threads(float planted, string fault)
    {
        // given: a sample that is met at step 777 and at no step before
        using var folder = new TemporaryFolder();
        var (model, data) = Make.Untrained("mlp:16,8", valid: 0, test: 0);
        var place = 777 - 1;
        var order = new Batches(data.Train.Count, new BatchOptions { Size = 8 });
        var (epoch, batch) = (place / order.Count, place % order.Count);
        var row = order.Epoch(epoch, batch).First().Span[5];
        var poisoned = data.Train.Map((labeled, rows, at) =>
        {
            if (at != epoch || rows.IndexOf(row) is not (>= 0 and var index)) return labeled;
            var input = labeled.Input.Clone();
            input[index, 1].Fill(planted);
            return labeled with { Input = input };
        });
        var trainer = new Trainer<Labeled>(new Classification(model.Network), poisoned, null, new() { Epochs = 100, BatchSize = 8 });

        // when
        string told;
        using (var run = RunFolder.Create(folder["r"], "{}"))
        {
            run.Model = model.Record;
            told = Assert.Throws<TrainingException>(() => run.Record(trainer).Last()).Message;
        }

        // then
        Assert.StartsWith(FormattableString.Invariant($"epoch {epoch + 1}, batch {batch + 1}: the loss is NaN"), told);
        var threads = Compute.Threads;
        foreach (var count in (int[])[1, 3])
        {
            Compute.Threads = count;
            var replay = ReplayFile.Run(folder["r/replay.safetensors"]);
            Assert.Equal(777, replay.Step);
            Assert.StartsWith(fault + "5,", replay.Fault);
        }

        Compute.Threads = threads;
    }
}
