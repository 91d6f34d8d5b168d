namespace Gradus.Cli.Tests;

/// <summary>What the other tests rely on: that a process which runs many commands does for each what a process of its own does.</summary>
public sealed class StayingToolTests(Models models)
{
    [Theory]
    [InlineData(0, "predict", "TABLE", "CLASSES", "--json")]
    [InlineData(0, "inspect", "TABLE")]
    [InlineData(1, "evaluate", "nowhere.safetensors", "xor")]
    [InlineData(2, "graph", "x*", "--at", "x=1")]
    public void It_writes_what_a_process_of_its_own_writes(int exitCode, params string[] words)
    {
        // given
        using var work = new Workplace();
        string[] args = [.. words.Select(word => word switch { "TABLE" => models.Table, "CLASSES" => models.Classes, _ => word })];

        // when
        var (staying, alone) = (Cli.Run(args, work.Path), Cli.RunAlone(args, work.Path));

        // then
        Assert.Equal(alone, staying);
        Assert.Equal(exitCode, staying.ExitCode);
    }

    [Fact]
    public void It_keeps_no_setting_of_the_command_before()
    {
        // given
        using var work = new Workplace();
        string[] args = ["train", "xor", "--steps", "20", "--batch-size", "32", "--valid", "0.2"];
        var tool = Cli.TakeStaying();

        // when
        tool.Run([.. args, "--threads", "3", "--seed", "9", "--out", "before"], work.Path).Done();
        tool.Run([.. args, "--out", "staying"], work.Path).Done();
        StayingTools.Return(tool);
        Cli.RunAlone([.. args, "--out", "alone"], work.Path).Done();

        // then
        Assert.Equal(work.Hash("alone/model.safetensors"), work.Hash("staying/model.safetensors"));
        Assert.Equal(File.ReadAllText(work["alone/run.json"]), File.ReadAllText(work["staying/run.json"]));
        Assert.NotEqual(work.Hash("before/model.safetensors"), work.Hash("staying/model.safetensors"));
    }
}
