using System.Text.Json;

namespace Gradus.Cli.Tests;

/// <summary>Any past step of a run is made again; two runs are compared; a record is verified.</summary>
public sealed class PastStepsTests
{
    [Fact]
    public void A_past_step_has_the_loss_that_was_recorded()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 120);
        work.Run("train", "csv:t.csv", "--model", "mlp:64,32", "--epochs", "8", "--dropout", "0.2", "--checkpoint-every", "13", "--out", "r").Done();
        var steps = File.ReadLines(work["r/events.jsonl"]).Select(static line => JsonDocument.Parse(line).RootElement)
            .Where(static line => line.GetProperty("event").GetString() == "step").ToArray();

        // when
        foreach (var step in (int[])[1, 48])
        {
            var at = work.Run("at", "r", $"{step}", "--json", "--threads", "1").Done().LastJson;

            // then
            Assert.Equal(step, at.GetProperty("step").GetInt32());
            Assert.Equal(steps[step - 1].GetProperty("loss").GetRawText(), at.GetProperty("loss").GetRawText());
            Assert.Equal(16, at.GetProperty("rows").GetArrayLength());
            Assert.Equal("1.weight", at.GetProperty("parameters")[0].GetProperty("name").GetString());
        }

        // then: in words, with graph, doctor and weights
        var told = work.Run("at", "r", "20", "--graph", "--doctor", "--html", "g.html", "--weights", "w.safetensors").Done();
        Assert.StartsWith("step 20 of 48: epoch 4, 16 samples, learning rate ", told.Output);
        Assert.Contains(", as recorded, to the bit\n", told.Output);
        Assert.Contains("made again from the checkpoint after step 13 in ", told.Output);
        Assert.Contains("loss ←", told.Output);
        Assert.Contains("update/weight", told.Output);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(work["g.html"]), StringComparison.OrdinalIgnoreCase);
        work.Run("evaluate", "w.safetensors", "csv:t.csv").Done();
        Assert.Equal(2, work.Run("at", "r", "20", "--graph", "--json").Done().Json.Length);
        work.Run("at", "r", "49").Failed(2, "at: r made the steps 1 to 48, not 49.");
        work.Run("at", "r", "0").Failed(2, "STEP: '0' is not a whole number from 1 on.");
        work.Run("at", "r", "4,8").Failed(2, "STEP: '4,8' is not a whole number from 1 on.");
        work.Run("at", "none", "1").Failed(1, "none: there is no run in it: run.json is missing.");
    }

    [Fact]
    public void A_run_that_its_time_ended_is_true()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--epochs", "1000000", "--budget", "0.5s", "--out", "r").Done();

        // then
        Assert.StartsWith("true (", work.Run("verify", "r").Done().Output);
    }

    [Fact]
    public void The_weights_after_the_last_step_are_those_of_the_model_if_it_is_the_best()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "moons", "--steps", "30", "--valid", "0", "--out", "r").Done();

        // when
        work.Run("at", "r", "30", "--weights", "w.safetensors").Done();

        // then
        Assert.Equal(work.Hash("r/model.safetensors"), work.Hash("w.safetensors"));
    }

    [Fact]
    public void Two_runs_are_compared_by_step_operator_and_element()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 120);
        work.Write("u.csv", File.ReadAllText(work["t.csv"]).Replace("\n0.3663366336633663,", "\n0.36633663366336635,"));
        string[] options = ["--steps", "20", "--ignore", "color"];
        work.Run(["train", "csv:t.csv", "--model", "mlp:64,32", .. options, "--out", "a"]).Done();
        work.Run(["train", "csv:t.csv", "--model", "mlp:64,32", .. options, "--out", "b", "--threads", "1"]).Done();
        work.Run(["train", "csv:t.csv", "--model", "mlp:64,32", .. options, "--lr", "0.002", "--out", "c"]).Done();

        // when
        var equal = work.Run("diff", "a", "b");
        var other = work.Run("diff", "a", "c", "--json");

        // then
        Assert.Equal((0, "equal to the bit, in all 20 steps\n", ""), (equal.ExitCode, equal.Output, equal.Error));
        Assert.Equal(1, other.ExitCode);
        Assert.Equal("""["0.001","0.002"]""", other.LastJson.GetProperty("options").GetProperty("lr").GetRawText());
        Assert.Equal(("update", 1), (other.LastJson.GetProperty("kind").GetString(), other.LastJson.GetProperty("step").GetInt32()));
        Assert.StartsWith("step 1: from equal gradients AdamW made 'network.1.weight' [0,0]: ", other.LastJson.GetProperty("text").GetString());
        Assert.Contains("look at it: gradus at a 1 --graph", work.Run("diff", "a", "c").Output);
    }

    [Fact]
    public void A_record_is_true_until_its_data_or_options_are_changed()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 120);
        work.Run("train", "csv:t.csv", "--model", "mlp:64,32", "--steps", "20", "--checkpoint-every", "6", "--budget", "1h", "--out", "r").Done();

        // when
        var whole = work.Run("verify", "r").Done();
        var spot = work.Run("verify", "r", "--spot", "1", "--json").Done().LastJson;

        // then
        Assert.StartsWith("true (20 of 20 steps made again, ", whole.Output);
        Assert.Equal((true, 1), (spot.GetProperty("true").GetBoolean(), spot.GetProperty("stretches").GetInt32()));

        // when: a label is another
        var table = File.ReadAllLines(work["t.csv"]);
        for (var line = 1; line < table.Length; line++)
        {
            if (table[line].EndsWith("yes", StringComparison.Ordinal)) table[line] = table[line][..^3] + "no";
            else continue;
            break;
        }

        var honest = File.ReadAllText(work["t.csv"]);
        File.WriteAllText(work["t.csv"], string.Join('\n', table));
        var label = work.Run("verify", "r");
        File.WriteAllText(work["t.csv"], honest);
        File.WriteAllText(work["r/run.json"], File.ReadAllText(work["r/run.json"]).Replace("\"lr\":0.001", "\"lr\":0.0011"));
        var option = work.Run("verify", "r");

        // then
        Assert.Equal(1, label.ExitCode);
        Assert.StartsWith("not true: ", label.Output);
        Assert.Equal(1, option.ExitCode);
        Assert.StartsWith("not true: step 1: learning rate ", option.Output);
        work.Run("verify", "none").Failed(1, "none: there is no run in it");
    }
}
