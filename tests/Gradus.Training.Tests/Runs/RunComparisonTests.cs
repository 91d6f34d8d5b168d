using System.Globalization;

namespace Gradus.Training.Tests.Runs;

/// <summary>Two runs side by side, and what their figures mean.</summary>
public sealed class RunComparisonTests
{
    [Fact]
    public void Options_that_differ_or_that_one_run_lacks_are_told_with_both_values()
    {
        // given
        using var folder = new TemporaryFolder();
        var a = Write(folder["a"], """{"data":"xor","lr":0.1,"seed":0}""", Step(1, "0.5"));
        var b = Write(folder["b"], """{"data":"xor","lr":0.2,"freeze":["0.*"]}""", Step(1, "0.5"));

        // when
        var comparison = RunComparison.Of(a, b);

        // then
        Assert.Equal([new("lr", "0.1", "0.2"), new("seed", "0", null), new("freeze", null, "0.*")], comparison.Options);
    }

    [Fact]
    public void The_better_run_is_told_for_each_figure_by_what_the_figure_is()
    {
        // given
        using var folder = new TemporaryFolder();
        const string Epoch = """{"event":"epoch","epoch":1,"step":1,"train_loss":0.5,"valid_loss":0.4,"valid_accuracy":0.9,"valid_odd":1,"seconds":2}""";
        var a = Write(folder["a"], "{}", Epoch);
        var b = Write(folder["b"], "{}", Epoch.Replace("0.9", "0.95").Replace("0.4", "0.6").Replace("\"valid_odd\":1", "\"valid_odd\":2"));

        // when
        var figures = RunComparison.Of(a, b).Figures.ToDictionary(static figure => figure.Name);

        // then
        Assert.Null(figures["train_loss"].Better);
        Assert.Equal((RunSide.A, false), (figures["valid_loss"].Better, figures["valid_loss"].IsHigherBetter));
        Assert.Equal(RunSide.B, figures["valid_accuracy"].Better);
        Assert.Equal(0.05, figures["valid_accuracy"].Difference, 1e-12);
        Assert.Null(figures["valid_odd"].Better);
        Assert.Equal(RunSide.A, new FigureDifference("loss", 1, double.NaN, false).Better);
    }

    [Fact]
    public void The_first_step_whose_losses_differ_is_found_and_where_they_are_apart_by_a_hundredth()
    {
        // given: the last digit differs at step 2, a hundredth at 3 and from 5 on
        using var folder = new TemporaryFolder();
        string[] first = ["1", "0.5", "0.4", "0.3", "0.2", "0.1"], second = ["1", "0.5000000000000001", "0.41", "0.3", "0.21", "null", "0.1"];
        var a = Write(folder["a"], "{}", [.. first.Select(static (loss, index) => Step(index + 1, loss))]);
        var b = Write(folder["b"], "{}", [.. second.Select(static (loss, index) => Step(index + 1, loss))]);

        // when
        var comparison = RunComparison.Of(a, b);

        // then
        Assert.Equal(6, comparison.StepsInCommon);
        Assert.Equal(new LossPair(2, 0.5, 0.5000000000000001), comparison.FirstDifference);
        Assert.Equal(new LossPair(3, 0.4, 0.41), comparison.FirstApart);
        Assert.Equal(5, comparison.ApartForGood?.Step);
        Assert.Equal(new LossPair(7, double.NaN, 0.1), comparison.AllLosses.Last());
        Assert.Null(RunComparison.Of(a, a).FirstDifference);
    }

    [Fact]
    public void Runs_that_cannot_be_read_are_listed_with_what_is_wrong()
    {
        // given: among them events that are noise
        using var folder = new TemporaryFolder();
        Write(folder["runs/a"], "{}", Step(1, "0.5"));
        Write(folder["runs/b"], "[", Step(1, "0.5"));
        Write(folder["runs/c"], "{}", "\0\u0001{{{", """{"event":"step","step":{},"loss":[],"lr":"x"}""", """{"event":"done","x":1,"x":2}""");

        // when
        var list = RunListing.In(folder["runs"]).ToArray();

        // then
        Assert.Equal(["a", "c"], list.Select(static run => run.Record?.Name).OfType<string>());
        Assert.Contains("run.json: it cannot be read", list[1].Fault);
        Assert.Equal(RunStatus.Done, list[2].Record!.Status);
    }

    [Fact]
    public void A_record_of_any_bytes_is_listed_or_refused_and_never_a_crash()
    {
        // given: a record in which some bytes are others, some are missing and some are there twice
        using var folder = new TemporaryFolder();
        const string Recipe = """{"data":"xor","lr":0.1,"freeze":["0.*","\ud83d\ude00"]}""";
        string[] events =
        [
            """{"event":"start","parameters":3,"samples":4,"steps":2}""", Step(1, "0.5"),
            """{"event":"epoch","epoch":1,"step":1,"train_loss":0.5,"\u00e9":1,"seconds":2}""", """{"event":"done","best_epoch":1,"test_loss":3,"seconds":14}""",
        ];
        var random = new Random(1);
        for (var trial = 0; trial < 300; trial++)
        {
            // when
            Directory.CreateDirectory(folder[$"{trial}"]);
            File.WriteAllBytes(folder[$"{trial}/run.json"], Damaged(Recipe, random));
            File.WriteAllBytes(folder[$"{trial}/events.jsonl"], Damaged(string.Join('\n', events) + "\n", random));
        }

        // then
        foreach (var run in RunListing.In(folder["."]))
        {
            if (run.Record is not { } record)
            {
                Assert.NotEmpty(run.Fault!);
                continue;
            }

            try
            {
                Assert.NotNull(RunComparison.Of(record, record).ToString());
                Assert.NotEmpty(RunBoard.Export(record, folder["board"]));
            }
            catch (InvalidDataException exception)
            {
                Assert.Contains("is no event", exception.Message);
            }
        }
    }

    [Fact]
    public void A_line_of_a_step_reads_the_same_by_itself_and_as_an_event()
    {
        // given: also what no run writes
        string[] lines =
        [
            Step(7, "1e-320"), """{"event":"step","step":1,"loss":null,"lr":0.1,"gradient_norm":3.25}""", """{"event":"step","step":2,"more":{"loss":3},"lr":[1]}""",
        ];

        // then
        foreach (var line in lines)
        {
            var (step, happened) = (StepLine.Read(System.Text.Encoding.UTF8.GetBytes(line))!.Value, RunEvent.Parse(line)!);
            Assert.Equal(
                [happened["step"], happened["loss"], happened["lr"], happened["gradient_norm"]], [step.Step, step.Loss, step.LearningRate, step.GradientNorm]);
        }

        Assert.Null(StepLine.Read("{\"event\":\"step\",\"step\":1"u8));
        Assert.Null(StepLine.Read("{\"event\":\"step\",\"step\":1}}"u8));
    }

    [Fact]
    public void Lines_are_read_whole_whatever_the_size_of_the_pieces_they_come_in()
    {
        // given: lines up to twice the buffer, the last without an end
        string[] lines = ["", "a", new('b', 70_000), "c", new('d', 140_000), "e"];
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        // when
        var (reader, read) = (new EventLines(stream, "events.jsonl"), new List<string>());
        while (reader.TryRead(out var line)) read.Add(System.Text.Encoding.UTF8.GetString(line.Span));

        // then
        Assert.Equal(lines, read);
        Assert.Equal(6, reader.Count);
    }

    [Fact]
    public void The_best_epoch_has_the_highest_accuracy_then_the_lowest_loss_and_without_validation_it_is_the_last()
    {
        // given
        static EpochFigures Epoch(int epoch, params (string Name, double Value)[] figures) =>
            new(epoch, epoch, 1, figures.ToDictionary(static figure => figure.Name, static figure => figure.Value));

        // then
        EpochFigures[] classes =
        [
            Epoch(1, ("valid_accuracy", 0.9), ("valid_loss", 0.1)), Epoch(2, ("valid_accuracy", 0.95), ("valid_loss", 0.3)),
            Epoch(3, ("valid_accuracy", 0.95), ("valid_loss", 0.2)), Epoch(4, ("valid_accuracy", double.NaN), ("valid_loss", double.NaN)),
        ];
        Assert.Equal(3, RunFigures.BestOf(classes)?.Epoch);
        Assert.Equal(2, RunFigures.BestOf([Epoch(1, ("valid_loss", 2)), Epoch(2, ("valid_loss", 1)), Epoch(3, ("valid_loss", 1))])?.Epoch);
        Assert.Equal(2, RunFigures.BestOf([Epoch(1, ("train_loss", 1)), Epoch(2, ("train_loss", 2))])?.Epoch);
        Assert.Null(RunFigures.BestOf([]));
        Assert.Equal("valid_accuracy", RunFigures.MainOf(classes[0].Figures)?.Key);
    }

    private static byte[] Damaged(string text, Random random)
    {
        List<byte> bytes = [.. System.Text.Encoding.UTF8.GetBytes(text)];
        for (var times = random.Next(0, 3); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var count = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"\"{}[]0123456789eE-.ud8\\\n"[random.Next(23)];
                    break;
                case 1:
                    bytes.RemoveRange(at, count);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, count));
                    break;
            }
        }

        return [.. bytes];
    }

    private static RunRecord Write(string directory, string recipe, params string[] events)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "run.json"), recipe);
        File.WriteAllText(Path.Combine(directory, "events.jsonl"), string.Concat(events.Select(static line => line + "\n")));
        return recipe == "[" ? null! : RunRecord.Open(directory);
    }

    private static string Step(int step, string loss) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"event":"step","step":{{step}},"loss":{{loss}},"lr":0.001}""");
}
