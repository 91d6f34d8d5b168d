using Gradus.Cli.Commands;
using Gradus.Training;

namespace Gradus.Cli.Tests;

public sealed class RunFolderTests(Models models)
{
    [Fact]
    public void A_run_replaces_all_that_an_earlier_one_left_and_clears_up_behind_one_that_was_killed()
    {
        // given: an earlier run with a picture, and what a kill leaves
        using var work = new Workplace();
        Directory.CreateDirectory(work["o"]);
        string[] names = ["config.json", "events.jsonl", "events.jsonl.partial", "model.safetensors", "reconstructions.png", ".gradus-killed.tmp"];
        foreach (var name in names) work.Write("o/" + name, "old");
        File.SetLastWriteTimeUtc(work["o/.gradus-killed.tmp"], DateTime.UtcNow.AddHours(-2));

        // when
        using (var folder = RunFolder.Create(work["o"], "xor", overwrite: true))
        {
            folder.Write("{}");
            folder.Keep(TrainedModel.Load(models.Xor), "new", picture: null);
        }

        // then
        Assert.Equal(["o", "o/config.json", "o/events.jsonl", "o/model.safetensors"], work.Names);
        Assert.Equal(("new\n", "{}\n"), (File.ReadAllText(work["o/config.json"]), File.ReadAllText(work["o/events.jsonl"])));
        Assert.Equal(File.ReadAllBytes(models.Xor), File.ReadAllBytes(work["o/model.safetensors"]));
    }

    [Fact]
    public void A_run_that_cannot_write_its_model_leaves_the_earlier_one_whole()
    {
        // given: a folder in the place of a file stands for a disk that is full
        using var work = new Workplace();
        Directory.CreateDirectory(work["o/model.safetensors"]);
        work.Write("o/config.json", "old");
        work.Write("o/events.jsonl", "old");

        // when
        using (var folder = RunFolder.Create(work["o"], "xor", overwrite: true))
        {
            folder.Write("{}");
            Assert.Throws<IOException>(() => folder.Keep(TrainedModel.Load(models.Xor), "new", picture: null));
        }

        // then
        Assert.Equal(["o", "o/config.json", "o/events.jsonl", "o/model.safetensors"], work.Names);
        Assert.Equal(("old", "old"), (File.ReadAllText(work["o/config.json"]), File.ReadAllText(work["o/events.jsonl"])));
    }

    [Fact]
    public void A_link_in_the_place_of_the_events_is_not_followed()
    {
        // given
        using var work = new Workplace();
        Directory.CreateDirectory(work["o"]);
        work.Write("victim", "precious");
        File.CreateSymbolicLink(work["o/events.jsonl.partial"], work["victim"]);

        // when
        using (var folder = RunFolder.Create(work["o"], "xor", overwrite: true)) folder.Write("{}");

        // then
        Assert.Equal("precious", File.ReadAllText(work["victim"]));
        Assert.Equal(["o", "victim"], work.Names);
    }

    [Fact]
    public void Two_runs_do_not_write_to_one_folder()
    {
        // given
        using var work = new Workplace();
        using var first = RunFolder.Create(work["o"], "xor", overwrite: true);

        // when
        var exception = Assert.Throws<IOException>(() => RunFolder.Create(work["o"], "xor", overwrite: true));

        // then
        Assert.Contains("cannot be written to", exception.Message);
        Assert.Equal(["o", "o/events.jsonl.partial"], work.Names);
    }

    [Fact]
    public void An_output_that_is_closed_is_named()
    {
        // given
        using var work = new Workplace();

        // when
        var result = Cli.RunInShell("train xor --steps 1 >&-", work.Path);

        // then
        result.Failed(1, "standard output cannot be written to: it is closed.");
        Assert.Empty(work.Names);
    }
}
