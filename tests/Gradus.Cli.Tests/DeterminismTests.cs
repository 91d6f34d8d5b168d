using System.Globalization;

namespace Gradus.Cli.Tests;

public sealed class DeterminismTests(DeterminismTests.NarrowVectors narrow) : IClassFixture<DeterminismTests.NarrowVectors>
{
    [Theory]
    [InlineData("mlp:96,48", 25)]
    [InlineData("cnn", 5)]
    [InlineData("resnet20", 2)]
    [InlineData("lstm:40", 5)]
    [InlineData("transformer:1,2,32", 5)]
    public void Equal_runs_give_equal_files_whatever_the_threads_and_the_vectors(string model, int steps)
    {
        // given
        using var work = new Workplace();
        var count = steps.ToString(CultureInfo.InvariantCulture);
        string[] args = ["train", "digits", "--model", model, "--steps", count, "--batch-size", "32", "--test", "0.005", "--valid", "0.005"];

        // when
        Cli.Run([.. args, "--threads", "1", "--out", "one"], work.Path).Done();
        Cli.Run([.. args, "--threads", "2", "--out", "two"], work.Path).Done();
        Cli.Run([.. args, "--threads", "3", "--out", "three", "--json"], work.Path).Done();
        narrow.Tool.Run([.. args, "--out", "narrow"], work.Path).Done();

        // then
        Assert.Single(new[] { "one", "two", "three", "narrow" }.Select(name => work.Hash($"{name}/model.safetensors")).Distinct());
    }

    /// <summary>One process for all models, without the widest vectors.</summary>
    public sealed class NarrowVectors : IDisposable
    {
        internal StayingTool Tool { get; } = Cli.StartStaying(("DOTNET_EnableAVX512", "0"));

        public void Dispose() => Tool.Dispose();
    }
}
