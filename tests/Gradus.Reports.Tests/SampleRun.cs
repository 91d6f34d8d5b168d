using System.Globalization;
using System.Text;
using System.Text.Json;
using Gradus.Training;

namespace Gradus.Reports.Tests;

/// <summary>The folder of a run for one test, written by hand; gone after it.</summary>
internal sealed class SampleRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-reports-");

    public SampleRun(string name = "digits-001", string recipe = """{"gradus":"0.1.0","data":"digits","model":"mlp:64","epochs":3,"lr":0.01,"seed":0}""")
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path);
        Write("run.json", recipe);
    }

    public string Path { get; }

    public RunRecord Record => RunRecord.Open(Path);

    public string Html => RunReport.Write(Record);

    /// <summary>A run of classes as the command line records it, with all that it may have.</summary>
    public static SampleRun Complete(string name = "digits-001", int steps = 300, double scale = 1)
    {
        var run = new SampleRun(name);
        var events = new StringBuilder("""{"event":"data","train":900,"valid":100,"test":100,"input_shape":[1,28,28],"classes":3}""").Append('\n')
            .Append("""{"event":"start","parameters":235146,"samples":900,"steps":""").Append(steps).Append("}\n");
        for (var step = 1; step <= steps; step++)
        {
            events.Append(Step(step, scale * (0.1 + (2 / (1 + (step / 20.0))))));
            if (step % (steps / 3) == 0)
            {
                var share = 0.9 + (0.03 * step / steps);
                events.Append(CultureInfo.InvariantCulture, $"{{\"event\":\"epoch\",\"epoch\":{step / (steps / 3)},\"step\":{step},")
                    .Append(CultureInfo.InvariantCulture, $"\"train_loss\":{0.5 * scale:R},")
                    .Append(CultureInfo.InvariantCulture, $"\"valid_loss\":{0.4 * scale:R},\"valid_accuracy\":{share:R},\"seconds\":{step / 10.0:R}}}\n");
            }
        }

        events.Append("""{"event":"done","best_epoch":3,"test_loss":0.052,"test_accuracy":0.985,"model":"x","seconds":72.4}""").Append('\n');
        run.Write("events.jsonl", events.ToString());
        Evaluation(["ant", "bee", "cat"]).Write(run.Path);
        return run;
    }

    /// <summary>The line of a step; a loss that is not finite is null.</summary>
    public static string Step(int step, double loss)
    {
        var text = double.IsFinite(loss) ? loss.ToString("R", CultureInfo.InvariantCulture) : "null";
        var norm = step % 10 == 0 ? string.Create(CultureInfo.InvariantCulture, $",\"gradient_norm\":{1 + (loss / 2):R}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{{\"event\":\"step\",\"step\":{step},\"loss\":{text},\"lr\":0.001{norm}}}\n");
    }

    /// <summary>An evaluation of classes, with a mistake and pictures.</summary>
    public static RunEvaluation Evaluation(string[] names) => new()
    {
        Split = "valid",
        Samples = 30 * names.Length,
        Loss = 0.4,
        Accuracy = 0.93,
        Classes = [.. names.Select(static (name, label) => new ClassResult(name, 30, label == 0 ? 27 : 30, label == 0 ? 26 : 29))],
        Confusion = [.. names.Select((_, actual) =>
            (long[])[.. names.Select((_, predicted) => actual == predicted ? 29L : actual + 1 == predicted ? 1 : 0)])],
        Confused = [new ConfusedPair(names[0], names[1], 1)],
        Worst =
        [
            new SampleResult
            {
                Row = 17, Loss = 3.2, Actual = names[0], Predicted = names[1], Probability = 0.71,
                Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
            },
        ],
    };

    public SampleRun Write(string name, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);
        return this;
    }

    /// <summary>The charts that a page draws.</summary>
    public static JsonElement[] ChartsOf(string html)
    {
        const string Begin = "<script type=\"application/json\" id=\"curve-data\">";
        var from = html.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var json = html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)];
        return [.. JsonDocument.Parse(json).RootElement.GetProperty("charts").EnumerateArray()];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
