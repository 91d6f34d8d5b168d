namespace Gradus.Cli.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void Equal_runs_give_equal_files_whatever_the_threads_and_the_vectors()
    {
        // given
        using var work = new Workplace();
        string[] args = ["train", "digits", "--model", "mlp:96,48", "--steps", "25", "--test", "0.02", "--valid", "0.02"];

        // when
        Cli.Run([.. args, "--threads", "1", "--out", "one"], work.Path).Done();
        Cli.Run([.. args, "--threads", "2", "--out", "two"], work.Path).Done();
        Cli.Run([.. args, "--threads", "3", "--out", "three", "--json"], work.Path).Done();
        Cli.Run([.. args, "--out", "narrow"], work.Path, ("DOTNET_EnableAVX512", "0")).Done();

        // then
        Assert.Single(new[] { "one", "two", "three", "narrow" }.Select(name => work.Hash($"{name}/model.safetensors")).Distinct());
    }
}
