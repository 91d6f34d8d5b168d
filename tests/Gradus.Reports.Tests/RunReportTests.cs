using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gradus.Training;

namespace Gradus.Reports.Tests;

/// <summary>What the page of a run says, read without a browser.</summary>
public sealed partial class RunReportTests
{
    [Fact]
    public void A_page_says_what_the_run_is_and_how_it_is_made_again()
    {
        // given
        using var run = SampleRun.Complete();

        // when
        var text = TextOf(run.Html);

        // then
        Assert.Contains("digits-001 complete digits · mlp:64 · 235,146 parameters", text);
        Assert.Contains("98.50 %", text);
        Assert.Contains("1 min 12 s", text);
        Assert.Contains("gradus train digits-001/run.json", text);
        Assert.Contains("Options that were set model mlp:64 epochs 3 lr 0.01", text);
        Assert.Contains("ant → bee 71 %", text);
        Assert.Contains("Environment Not recorded.", text);
    }

    [Fact]
    public void The_folders_of_a_file_and_of_the_run_are_not_told()
    {
        // given
        using var run = new SampleRun("a", """{"data":"csv:/home/somebody/secret/table.csv","from":"/home/somebody/model.safetensors"}""");

        // then
        Assert.DoesNotContain("somebody", run.Html);
        Assert.Contains("csv:table.csv", run.Html);
        Assert.DoesNotContain(Path.GetDirectoryName(run.Path)!, run.Html);
    }

    [Fact]
    public void A_run_that_has_not_made_a_step_has_a_page_too()
    {
        // given
        using var run = new SampleRun("young");

        // when
        var text = TextOf(run.Html);

        // then
        Assert.Contains("young unfinished", text);
        Assert.Contains("No step is recorded yet.", text);
        Assert.Contains("The model is measured sample by sample at the end of a run; this one has not come to it.", text);
        Assert.Empty(SampleRun.ChartsOf(run.Html));
    }

    [Fact]
    public void A_text_that_is_half_a_character_is_damage_and_no_fault_of_the_page()
    {
        // given
        using var run = new SampleRun();
        run.Write("events.jsonl", """{"event":"data","target":"\ud800"}""" + "\n" + SampleRun.Step(1, 0.5));

        // then
        Assert.Contains("line 1 is no event", Assert.Throws<InvalidDataException>(() => run.Html).Message);
    }

    [Fact]
    public void The_options_of_pictures_and_sentences_that_hold_anyway_were_not_set()
    {
        // given
        const string Usual = """
            "data":"pictures:p","model":"cnn","size":"32x32","channels":3,"resize":"crop","text":"t","dropout":0.2
            """;
        using var usual = new SampleRun("a", "{" + Usual + "}");
        using var other = new SampleRun("b", "{" + Usual.Replace("32x32", "16x16", StringComparison.Ordinal) + "}");

        // then
        Assert.DoesNotContain("size 32x32", SetIn(usual));
        Assert.Contains("size 16x16", SetIn(other));
        foreach (var option in (string[])["channels", "resize", "dropout"]) Assert.DoesNotContain(option, SetIn(usual));

        static string SetIn(SampleRun run) => TextOf(run.Html).Split("Options that were set")[1].Split("at their defaults")[0];
    }

    [Fact]
    public void A_run_of_a_million_steps_is_below_two_megabytes_and_keeps_its_extremes()
    {
        // given: a spike, a dip and a loss that is not finite, each of one step
        using var run = new SampleRun();
        var events = new StringBuilder("""{"event":"start","parameters":10,"samples":100,"steps":1000000}""").Append('\n');
        for (var step = 1; step <= 1_000_000; step++)
        {
            events.Append(SampleRun.Step(step, step switch { 123_457 => 987.5, 654_321 => 0.000123, 777_777 => double.NaN, _ => 1 + (step * 37 % 101 / 7.0) }));
        }

        run.Write("events.jsonl", events.ToString());

        // when
        var html = run.Html;

        // then
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 100_000, 2_000_000);
        var line = SampleRun.ChartsOf(html)[0].GetProperty("lines")[0];
        var steps = line.GetProperty("steps").EnumerateArray().Select(static step => step.GetInt32()).ToArray();
        var values = line.GetProperty("values").EnumerateArray()
            .Select(static value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble()).ToArray();
        Assert.Equal(steps.Order().Distinct(), steps);
        Assert.Equal((1, 1_000_000), (steps[0], steps[^1]));
        Assert.Equal(987.5, values[Array.IndexOf(steps, 123_457)]);
        Assert.Equal(0.000123, values[Array.IndexOf(steps, 654_321)]);
        Assert.Equal([777_777], steps.Where((_, place) => double.IsNaN(values[place])));
    }

    [Fact]
    public void Several_runs_share_their_charts_and_differ_in_their_options()
    {
        // given
        using var one = SampleRun.Complete("one");
        using var other = SampleRun.Complete("other", steps: 600, scale: 0.5);
        other.Write("run.json", """{"gradus":"0.1.0","data":"digits","model":"mlp:64","epochs":3,"lr":0.5,"seed":0}""");

        // when
        var html = RunReport.Write([one.Record, other.Record]);

        // then
        Assert.Equal(
            [0, 0, 1, 1], SampleRun.ChartsOf(html)[0].GetProperty("lines").EnumerateArray().Select(static line => line.GetProperty("run").GetInt32()));
        Assert.Contains("one other State complete complete", TextOf(html));
        Assert.Contains("lr 0.01 0.5", TextOf(html));
        Assert.Throws<ArgumentException>(() => RunReport.Write([]));
    }

    [Fact]
    public void Names_from_outside_are_escaped_wherever_they_stand()
    {
        // given
        const string Evil = "</script><img src=x onerror=alert(1)>\u202e{data}";
        using var run = new SampleRun(recipe: $$"""{"data":"{{Evil}}","model":"{{Evil}}"}""");
        var json = JsonSerializer.Serialize(Evil);
        run.Write("events.jsonl", $$"""
            {"event":"data","train":1,"valid":1,"test":0,"input_shape":[2],"target":{{json}},"notes":[{{json}}],"audit":[{"kind":{{json}},"text":{{json}}}]}
            {"event":"doctor","epoch":0,"step":0,"findings":[{"illness":{{json}},"severity":"illness","path":{{json}},"type":{{json}},"figure":{{json}}}]}
            {"event":"step","step":1,"loss":1,"lr":1}
            {"event":"epoch","epoch":1,"step":1,"valid_{{JsonEncodedText.Encode(Evil)}}":1,"seconds":1}

            """);
        var evaluation = SampleRun.Evaluation([Evil, "b"]);
        (evaluation with { Target = Evil, Points = [new TargetPoint(1, 2)], Worst = [evaluation.Worst[0] with { Picture = Evil }] }).Write(run.Path);

        // when
        var html = run.Html;

        // then
        Assert.DoesNotContain("<img src=x", html);
        Assert.DoesNotContain('\u202e', html);
        Assert.Equal(3, Regex.Count(html, "</script>"));
    }

    [Fact]
    public void A_damaged_file_is_named_in_one_line()
    {
        // given
        using var run = SampleRun.Complete();

        // then
        foreach (var (text, said) in new[]
        {
            ("{", "it cannot be read"), ("null", "it is empty"), ("""{"version":7,"split":"valid","samples":1,"loss":1,"worst":[]}""", "version 7"),
            ("""{"version":1,"split":"valid","samples":1,"loss":1,"worst":[],"confusion":[[1]]}""", "not that of 0 classes"),
            ("""{"version":1}""", "it cannot be read"),
        })
        {
            run.Write("evaluation.json", text);
            var fault = Assert.Throws<InvalidDataException>(() => run.Html);
            Assert.Contains("evaluation.json: ", fault.Message);
            Assert.Contains(said, fault.Message);
        }

        File.Delete(Path.Combine(run.Path, "evaluation.json"));
        run.Write("events.jsonl", "{\"event\":\"step\",\"step\":1,\"loss\":1,\"lr\":1}\nnonsense\n{\"event\":\"done\"}\n");
        Assert.EndsWith("events.jsonl: line 2 is no event: nonsense", Assert.Throws<InvalidDataException>(() => run.Html).Message);
    }

    [Fact]
    public void More_classes_than_a_matrix_has_room_for_are_told_by_their_largest_confusions()
    {
        // given
        using var run = SampleRun.Complete();
        string[] names = [.. Enumerable.Range(0, 100).Select(static label => $"class {label}")];
        (SampleRun.Evaluation(names) with { Confusion = null }).Write(run.Path);

        // when
        var text = TextOf(run.Html);

        // then
        Assert.DoesNotContain("Confusion matrix", text);
        Assert.Contains("Most frequent mistakes True Predicted Samples class 0 class 1 1", text);
        Assert.Contains("The 60 of 100 classes with the lowest F1.", text);
    }

    private static string TextOf(string html)
    {
        var body = html[html.IndexOf("<body>", StringComparison.Ordinal)..];
        var plain = System.Net.WebUtility.HtmlDecode(Tags.Replace(Scripts.Replace(body, ""), " "));
        return Spaces.Replace(plain, " ");
    }

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts { get; }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }
}
