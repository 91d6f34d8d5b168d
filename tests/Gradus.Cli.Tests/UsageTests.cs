using System.Text.Json;

namespace Gradus.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    public void The_help_calls_the_tool_by_its_name_and_lists_its_commands(params string[] args)
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run(args).Done();

        // then
        Assert.Contains("  gradus [command] [options]", result.Output);
        Assert.DoesNotContain("Gradus.Cli", result.Output);
        string[] commands =
            ["train", "report", "runs", "at", "diff", "verify", "evaluate", "predict", "sample", "attribute", "doctor", "inspect", "graph"];
        foreach (var command in commands)
        {
            Assert.Contains($"\n  {command} <", result.Output);
        }

        Assert.Contains("Examples:\n  gradus train digits\n", result.Output);
    }

    [Fact]
    public void The_help_of_a_command_describes_every_option()
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run("train", "--bogus", "--help").Done();

        // then
        Assert.Contains("  gradus train [<DATA>] [options]", result.Output);
        Assert.Contains("  gradus train mnist --data-dir data/mnist", result.Output);
        string[] options =
        [
            "--model", "--data-dir", "--target", "--task", "--header", "--missing", "--valid", "--test", "--epochs", "--steps", "--batch-size",
            "--optimizer", "--lr", "--schedule", "--momentum", "--weight-decay", "--seed", "--threads", "--out", "--json", "--verbose",
        ];
        Assert.All(options, option => Assert.Matches($@"\n  {option}\b.{{2,}}[A-Z]", result.Output));
    }

    [Fact]
    public void The_version_is_told()
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run("--version").Done();

        // then
        Assert.Equal(typeof(Tensor).Assembly.GetName().Version!.ToString(3) + "\n", result.Output);
    }

    [Theory]
    [InlineData("unknown option '--bogus'. See gradus --help.", "--bogus")]
    [InlineData("'bogus'", "bogus")]
    [InlineData("unknown option '--bogus'. See gradus train --help.", "train", "--bogus", "xor")]
    [InlineData("data 'nope' is not known. There are: digits,", "train", "nope")]
    [InlineData("data '@x' is not known", "train", "@x")]
    [InlineData("'moons'", "train", "xor", "moons")]
    [InlineData("model 'mlp:8,': '' is not a size", "train", "xor", "--model", "mlp:8,")]
    [InlineData("model 'vgg' is not known. There are: mlp:512,256, cnn", "train", "xor", "--model", "vgg")]
    [InlineData("model 'cnn' takes pictures of at least 4 × 4; these data are rows of a table [2]", "train", "xor", "--model", "cnn")]
    [InlineData("1,000,006,000,002 parameters for these data; at most 268,435,456", "train", "xor", "--model", "mlp:1000000,1000000")]
    [InlineData("model 'lenet' has no place for dropout.", "train", "digits", "--model", "lenet", "--dropout", "0.2")]
    [InlineData("model 'mlp' has no place for dropout.", "train", "digits", "--model", "mlp", "--dropout", "0.2")]
    [InlineData(
        "model 'lstm:8': dropout is between two layers, of which it has one; expected lstm:8,2 or more.",
        "train", "digits", "--model", "lstm:8", "--dropout", "0.2")]
    [InlineData("--dropout: '1' is not a number from 0 to below 1", "train", "digits", "--dropout", "1")]
    [InlineData("--from and --dropout exclude each other", "train", "digits", "--from", "m", "--dropout", "0.2")]
    [InlineData("--budget: '5' is no time; expected seconds, minutes or hours, such as 90s, 30m or 2h.", "train", "xor", "--budget", "5")]
    [InlineData("--epochs: '0' is not a whole number from 1 on", "train", "xor", "--epochs", "0")]
    [InlineData("--lr: '0,01' is not a number from 0 on", "train", "xor", "--lr", "0,01")]
    [InlineData("--lr: 'NaN'", "train", "xor", "--lr", "NaN")]
    [InlineData("--lr: '-1'", "train", "xor", "--lr", "-1")]
    [InlineData("'--lr'", "train", "xor", "--lr")]
    [InlineData("--valid: '1' is not a number from 0 to below 1", "train", "xor", "--valid", "1")]
    [InlineData("leave nothing to train on", "train", "xor", "--valid", "0.49999", "--test", "0.5")]
    [InlineData("--optimizer: 'rms' is not one of sgd, adam, adamw", "train", "xor", "--optimizer", "rms")]
    [InlineData("'--out'", "train", "xor", "--out", "a", "--out", "b")]
    [InlineData("--out: the folder's name is empty", "train", "xor", "--out", "")]
    [InlineData("--epochs and --steps exclude each other", "train", "xor", "--epochs", "1", "--steps", "1")]
    [InlineData("--momentum is a setting of sgd alone: add --optimizer sgd, or leave it out.", "train", "xor", "--momentum", "0.5")]
    [InlineData("--momentum is a setting of sgd alone", "train", "xor", "--momentum", "0.5", "--optimizer", "adam")]
    [InlineData("for tables only", "train", "xor", "--target", "a")]
    [InlineData("say where its IDX files are with --data-dir DIR", "train", "mnist")]
    [InlineData("'MODEL'", "evaluate")]
    [InlineData("'DATA'", "predict", "model.safetensors")]
    [InlineData(
        "--method: 'lime' is not one of all, gradient, gradient-times-input, integrated-gradients, smoothgrad, grad-cam, occlusion.",
        "attribute", "m", "xor", "--method", "lime")]
    [InlineData("--sample: '-1' is not a whole number from 0 on", "attribute", "m", "xor", "--sample", "-1")]
    [InlineData("--split: 'half'", "evaluate", "m", "xor", "--split", "half")]
    [InlineData("--top-p: '0' is not a number above 0 and at most 1.", "sample", "none.safetensors", "--top-p", "0")]
    [InlineData("--top-p: '1.5' is not a number above 0 and at most 1.", "sample", "none.safetensors", "--top-p", "1.5")]
    public void Wrong_usage_is_one_line_of_error_and_exit_code_2(string message, params string[] args)
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run(args);

        // then
        result.Failed(2, message);
        Assert.Equal("", result.Output);
        Assert.Empty(work.Names);
    }

    [Fact]
    public void A_long_word_is_quoted_by_its_beginning()
    {
        // given
        using var work = new Workplace();
        var word = new string('x', 300);
        string[][] wrongs =
        [
            ["train", "xor", "--" + word], ["train", "csv:t.csv", "--column", word], ["train", "xor", "--lr", word],
            ["train", "xor", "--optimizer", word], ["bench", "--only", word],
        ];

        // then
        foreach (var wrong in wrongs)
        {
            var result = work.Run(wrong);
            result.Failed(2, word[..118]);
            Assert.DoesNotContain(word[..121], result.Error);
        }
    }

    [Fact]
    public void An_error_is_an_object_where_a_program_reads()
    {
        // given
        using var work = new Workplace();

        // when
        CliResult[] results =
        [
            work.Run("inspect", "nope", "--json"), work.Run("inspect", "nope", "--json", "--verbose"),
            work.Run("graph", "1+*2", "--json"), work.Run("predict", "--json"),
        ];
        JsonElement[] errors = [.. results.Select(static result => JsonDocument.Parse(result.Error).RootElement)];

        // then
        Assert.Equal([1, 1, 2, 2], results.Select(static result => result.ExitCode));
        Assert.All(results, static result => Assert.Equal("", result.Output));
        Assert.All(errors, static error => Assert.Equal("error", error.GetProperty("event").GetString()));
        Assert.Equal("nope: no such file.", errors[0].GetProperty("message").GetString());
        Assert.Contains("   at Gradus.", errors[1].GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.Equal("--> 1+*2\n      ^", errors[2].GetProperty("excerpt").GetString());
    }

    [Fact]
    public void Verbose_shows_where_an_error_came_from()
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run("inspect", "nope", "--verbose");

        // then
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("gradus: nope: no such file.\n", result.Error);
        Assert.Contains("   at Gradus.", result.Error);
    }
}
