using System.CommandLine;
using System.Globalization;

namespace Gradus.Cli.Tests;

public sealed class CultureTests
{
    [Fact]
    public void Numbers_are_read_and_written_alike_under_a_german_locale()
    {
        // given
        using var work = new Workplace();
        string[] args = ["train", "xor", "--steps", "20", "--lr", "0.01", "--valid", "0.25"];

        // when
        var plain = Cli.Run([.. args, "--out", "a", "--json"], work.Path).Done();
        var german = Cli.RunAlone([.. args, "--out", "b"], work.Path, ("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8")).Done();

        // then
        Assert.Equal(work.Hash("a/model.safetensors"), work.Hash("b/model.safetensors"));
        Assert.Contains("\"lr\":0.01,", File.ReadAllText(work["b/run.json"]));
        Assert.Equal(500, plain.Json[0].GetProperty("valid").GetInt32());
        Assert.Matches(@"train loss \d\.\d{4}  valid loss \d\.\d{4}, accuracy \d\d\.\d\d %", german.Output);
    }

    [Theory]
    [InlineData("0.01", 0.01)]
    [InlineData("1e-3", 0.001)]
    [InlineData("1,5", null)]
    public void An_option_s_number_is_read_alike_whatever_the_culture(string text, double? expected)
    {
        // given
        var culture = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        var option = CommandOptions.Real("--lr", "", 0);
        try
        {
            CultureInfo.CurrentCulture = german;

            // when
            var parsed = new Command("x") { option }.Parse(["--lr", text]);

            // then
            Assert.Equal(expected is null, parsed.Errors.Count > 0);
            if (expected is not null) Assert.Equal(expected, parsed.GetValue(option));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
