using System.Globalization;
using System.Text;

namespace Gradus.Cli.Tests;

/// <summary>Recorded runs: listed, shown, compared.</summary>
public sealed class RunsTests
{
    [Fact]
    public void Runs_are_listed_with_the_newest_first_and_damaged_ones_with_what_is_wrong()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--steps", "20", "--out", "runs/a").Done();
        work.Run("train", "xor", "--steps", "30", "--out", "runs/deep/b").Done();
        Age(work, "runs/a");
        Directory.CreateDirectory(work["runs/c"]);
        work.Write("runs/c/run.json", "[\u202E");

        // when
        var text = work.Run("runs").Done();
        var json = work.Run("runs", "list", "runs", "--json", "--csv", "list.csv").Done();

        // then
        Assert.Matches(@"^name +status +data +model +step +figure +value +loss +time +began$", text.Lines[0]);
        Assert.Matches("^deep/b +done +xor +mlp:64,32 +30 of 30 +test accuracy ", text.Lines[1]);
        Assert.Matches(@"^a +done", text.Lines[2]);
        Assert.StartsWith("c  damaged: runs/c/run.json: it cannot be read:", text.Lines[3]);
        Assert.DoesNotContain('\u202E', text.Output);
        Assert.Equal(["deep/b", "a", "c"], json.Json.Select(static run => run.GetProperty("name").GetString()));
        Assert.Equal(30, json.Json[0].GetProperty("steps").GetInt32());
        var loss = json.Json[0].GetProperty("loss").GetDouble();
        var csv = File.ReadAllLines(work["list.csv"]);
        Assert.StartsWith("name,directory,status,data,model,step,steps,figure,value,loss,seconds,began,fault", csv[0]);
        Assert.Contains($",{loss.ToString(CultureInfo.InvariantCulture)},", csv[1]);
        Assert.Equal(["a", "c", "deep/b"], work.Run("runs", "--sort", "name", "--json").Done().Json.Select(static run => run.GetProperty("name").GetString()));
    }

    [Fact]
    public void Every_command_finds_a_run_by_its_name_under_runs_and_no_sibling_deep_below()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--steps", "5", "--out", "runs/a").Done();
        work.Run("train", "xor", "--steps", "5", "--out", "runs/deep/b").Done();

        // then
        work.Run("at", "a", "2").Done();
        work.Run("diff", "a", "deep/b").Done();
        work.Run("verify", "a").Done();
        work.Run("report", "a").Done();
        Assert.DoesNotContain("runs compare", work.Run("runs", "show", "a").Done().Output);
    }

    [Fact]
    public void Where_there_are_no_runs_yet_a_line_says_how_to_make_one()
    {
        // given
        using var work = new Workplace();

        // then
        Assert.Equal("runs: no runs yet. This makes one: gradus train digits\n", work.Run("runs").Done().Output);
        Assert.Equal("", work.Run("runs", "list", "--json").Done().Output);
        work.Run("runs", "list", "nowhere").Failed(1, "nowhere: there is no such folder.");
        work.Run("runs", "show", "nothing").Failed(1, "nothing: there is no run in it: run.json is missing.");
        work.Run("runs", "--sort", "size").Failed(2, "--sort: 'size' is not one of began, name,");
    }

    [Fact]
    public void A_run_is_shown_with_its_options_figures_curve_and_files_and_what_can_be_done_next()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--epochs", "12", "--lr", "0.01").Done();
        work.Run("train", "xor", "--steps", "5").Done();

        // when
        var text = work.Run("runs", "show", "xor-001", "--csv", "s.csv", "--epochs-csv", "e.csv").Done().Output;
        var json = work.Run("runs", "show", "runs/xor-001", "--json").Done().LastJson;

        // then
        Assert.StartsWith("xor-001: done, step 1200 of 1200,", text);
        Assert.Matches(@"\nlr +0\.01\n", text);
        Assert.Matches(@"\nepoch +step +train loss +valid loss +valid accuracy +time\n", text);
        Assert.Equal(json.GetProperty("best_epoch").GetInt32().ToString(CultureInfo.InvariantCulture),
            text.Split('\n').Single(static line => line.EndsWith("  best", StringComparison.Ordinal)).Trim().Split(' ')[0]);
        Assert.Matches(@"\n +\S+ \*.*\n", text);
        Assert.Matches(@"\n +step 1 +1200\n", text);
        Assert.All(text.Split('\n'), static line => Assert.True(line.Length <= 80, line));
        Assert.Matches(@"\nmodel +runs[/\\]xor-001[/\\]model.safetensors\n", text);
        Assert.Matches(@"\n  gradus report runs[/\\]xor-001\n  gradus runs compare runs[/\\]xor-002 runs[/\\]xor-001\n", text);
        Assert.EndsWith("saved s.csv\nsaved e.csv\n", text);
        Assert.Equal("0.01", json.GetProperty("options").GetProperty("lr").GetString());
        Assert.Equal(12, json.GetProperty("epochs").GetArrayLength());
        Assert.InRange(json.GetProperty("curve").GetArrayLength(), 100, 140);
        string[] steps = File.ReadAllLines(work["s.csv"]), epochs = File.ReadAllLines(work["e.csv"]);
        Assert.Equal(("step,loss,lr,gradient_norm", 1201), (steps[0], steps.Length));
        Assert.Equal($"1200,{json.GetProperty("loss").GetRawText()}", string.Join(',', steps[^1].Split(',')[..2]));
        Assert.Equal(("epoch,step,train_loss,valid_loss,valid_accuracy,seconds", 13), (epochs[0], epochs.Length));
    }

    [Fact]
    public void A_run_that_was_broken_off_is_shown_with_the_command_that_takes_it_up()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--steps", "40", "--out", "runs/a").Done();
        var events = File.ReadAllText(work["runs/a/events.jsonl"]);
        File.WriteAllText(work["runs/a/events.jsonl"], events[..(events.IndexOf("\"step\":7,", StringComparison.Ordinal) + 12)]);

        // when
        var text = work.Run("runs", "show", "a").Done().Output;

        // then
        Assert.StartsWith("a: unfinished, step 6 of 40", text);
        Assert.Matches(@"\n  gradus train --resume runs[/\\]a\n", text);
    }

    [Fact]
    public void Two_runs_are_compared_by_options_figures_and_the_step_where_they_part()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--steps", "60", "--out", "a").Done();
        work.Run("train", "xor", "--steps", "60", "--lr", "0.01", "--freeze", "1.*", "--out", "b").Done();

        // when
        var text = work.Run("runs", "compare", "a", "b", "--csv", "l.csv").Done().Output;
        var json = work.Run("runs", "compare", "a", "b", "--json").Done().LastJson;

        // then
        Assert.StartsWith("A  a: done, step 60 of 60,", text);
        Assert.Matches(@"\noption +A +B\nlr +0.001 +0.01\nfreeze +– +1\.\*\n", text);
        Assert.Matches(@"\ntest accuracy +\S+ % +\S+ % +-?\S+ %  (A|B|neither) \(higher is better\)\n", text);
        var first = json.GetProperty("first_difference");
        Assert.Equal(2, first.GetProperty("step").GetInt32());
        Assert.Contains($"first step whose losses differ: 2 (A {first.GetProperty("a").GetRawText()}, B {first.GetProperty("b").GetRawText()})", text);
        Assert.Contains("loss of every step: A *  B o\n", text);
        Assert.Equal(60, json.GetProperty("steps_in_common").GetInt32());
        Assert.Equal(["lr", "freeze"], json.GetProperty("options").EnumerateArray().Select(static option => option.GetProperty("name").GetString()));
        var csv = File.ReadAllLines(work["l.csv"]);
        Assert.Equal(("step,loss_a,loss_b", 61), (csv[0], csv.Length));
        Assert.Equal($"2,{first.GetProperty("a").GetRawText()},{first.GetProperty("b").GetRawText()}", csv[2]);
        var same = work.Run("runs", "compare", "a", "a").Done().Output;
        Assert.Contains("the options are the same\n", same);
        Assert.Contains("the losses of all 60 steps in common are the same, to the last digit\n", same);
    }

    [Fact]
    public void A_terminal_gets_curves_of_dots()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--steps", "60", "--out", "a").Done();

        // when
        var result = Cli.RunInTerminal(["runs", "show", "a"], work.Path);

        // then
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Output, static character => character is >= '\u2801' and <= '\u28FF');
    }

    [Fact]
    public void Names_from_outside_do_not_break_a_table_or_a_file()
    {
        // given
        using var work = new Workplace();
        Directory.CreateDirectory(work["runs/a"]);
        work.Write("runs/a/run.json", """{"data":"a,\"b\"\n\u001b[31m","model":"[red]x[/]"}""");
        work.Write("runs/a/events.jsonl", Encoding.UTF8.GetBytes("{\"event\":\"start\",\"steps\":3}\n"));

        // when
        var text = work.Run("runs", "list", "--csv", "l.csv").Done().Output;

        // then
        Assert.Contains("a,\"b\"··[31m  [red]x[/]", text);
        Assert.Contains("\"a,\"\"b\"\"\n\u001b[31m\",[red]x[/],0,3,", File.ReadAllText(work["l.csv"]));
        Assert.Equal(0, work.Run("runs", "show", "a").Done().ExitCode);
    }

    private static void Age(Workplace work, string run) => File.SetLastWriteTimeUtc(work[$"{run}/run.json"], DateTime.UtcNow.AddHours(-1));
}
