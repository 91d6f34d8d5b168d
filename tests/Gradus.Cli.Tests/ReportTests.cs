using System.Text.Json;
using Gradus.Cli.Commands;
using Gradus.Training;

namespace Gradus.Cli.Tests;

/// <summary>The page of a run, written at its end and at any time.</summary>
public sealed class ReportTests
{
    [Fact]
    public void A_run_ends_with_its_page_which_is_made_again_without_model_and_data()
    {
        // given
        using var work = new Workplace();
        var table = work.WriteTable("t.csv", 120);
        work.Run("train", $"csv:{table}", "--epochs", "2", "--out", "r").Done();
        var first = File.ReadAllText(work["r/report.html"]);
        File.Delete(work["r/report.html"]);
        File.Delete(work["r/model.safetensors"]);
        File.Delete(work[table]);

        // when
        var result = work.Run("report", "r").Done();

        // then
        Assert.Equal($"wrote {Path.Combine("r", "report.html")}", result.Lines[0]);
        Assert.Equal($"open it in a browser: {new Uri(work["r/report.html"]).AbsoluteUri}", result.Lines[1]);
        Assert.Equal(first, File.ReadAllText(work["r/report.html"]));
        Assert.Contains("gradus train r/run.json", first);
        var environment = JsonDocument.Parse(File.ReadAllText(work["r/environment.json"])).RootElement;
        Assert.Equal(Environment.ProcessorCount, environment.GetProperty("cores").GetInt32());
        Assert.DoesNotContain(Environment.MachineName, File.ReadAllText(work["r/environment.json"]));
        var evaluation = JsonDocument.Parse(File.ReadAllText(work["r/evaluation.json"])).RootElement;
        Assert.Equal("valid", evaluation.GetProperty("split").GetString());
        Assert.Equal(12, evaluation.GetProperty("samples").GetInt32());
        Assert.Equal(12, evaluation.GetProperty("worst").GetArrayLength());
    }

    [Fact]
    public void A_training_that_went_well_stays_so_where_its_model_is_not_measured()
    {
        // given
        using var work = new Workplace();
        using var folder = RunFolder.Create(work["r"], "{}");

        // when
        ReportCommand.Write(folder, static () => throw new GradusException("a loss is none"));

        // then
        Assert.True(File.Exists(work["r/report.html"]));
    }

    [Fact]
    public void A_page_goes_where_the_user_says()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "moons", "--epochs", "1", "--out", "r").Done();

        // when
        work.Run("report", "r", "--html", "page.html").Done();

        // then
        Assert.Equal(File.ReadAllText(work["r/report.html"]), File.ReadAllText(work["page.html"]));
    }

    [Fact]
    public void A_run_that_was_interrupted_has_a_page()
    {
        // given
        using var work = new Workplace();

        // when
        var result = Cli.RunAndSignal(2, ["train", "moons", "--epochs", "10000", "--json", "--out", "r"], work.Path, "\"epoch\":2,");

        // then
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("class=\"badge stopped\"", File.ReadAllText(work["r/report.html"]));
        Assert.Contains("Confusion matrix", File.ReadAllText(work["r/report.html"]));
    }

    [Fact]
    public void A_run_whose_loss_is_not_finite_has_a_page_that_says_so()
    {
        // given
        using var work = new Workplace();

        // when
        work.Run("train", "spirals", "--lr", "1e9", "--optimizer", "sgd", "--schedule", "constant", "--out", "r").Failed(1, "The step is kept in ");

        // then
        Assert.Contains("A loss was not finite.", File.ReadAllText(work["r/report.html"]));
    }

    [Fact]
    public void What_cannot_be_reported_is_told_in_one_line()
    {
        // given
        using var work = new Workplace();
        Directory.CreateDirectory(work["none"]);
        work.Run("train", "moons", "--epochs", "1", "--out", "r").Done();

        // then
        work.Run("report", "none").Failed(1, "none: there is no run in it: run.json is missing.");
        File.WriteAllText(work["r/evaluation.json"], "{\"version\":1");
        work.Run("report", "r").Failed(1, "evaluation.json: it cannot be read");
        File.Delete(work["r/evaluation.json"]);
        File.WriteAllText(work["r/environment.json"], "[]");
        work.Run("report", "r").Failed(1, "environment.json: it cannot be read");
        File.Delete(work["r/environment.json"]);
        File.WriteAllText(work["r/events.jsonl"], "nonsense\n" + File.ReadAllText(work["r/events.jsonl"]));
        work.Run("report", "r").Failed(1, "events.jsonl: line 1 is no event: nonsense");
    }

    [Theory]
    [InlineData("digits", "--epochs", "1")]
    [InlineData("moons", "--epochs", "1")]
    public void Only_what_was_set_is_told_as_set(params string[] args)
    {
        // given
        using var work = new Workplace();
        work.Run(["train", .. args, "--out", "r"]).Done();

        // when
        var page = File.ReadAllText(work["r/report.html"]);

        // then
        string[] set = ["epochs", .. args[0] == "digits" ? Array.Empty<string>() : ["data"]];
        var table = page[page.IndexOf("id=\"options-set\"", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("</table>", StringComparison.Ordinal)];
        var names = System.Text.RegularExpressions.Regex.Matches(table, "<th scope=\"row\">(.*?)</th>").Select(static match => match.Groups[1].Value);
        Assert.Equal(set.Order(), names.Order());
    }
}
