namespace Gradus.Tests;

public class OptionMessageTests
{
    [Theory]
    [InlineData("Target", null, null, "Target")]
    [InlineData("Target", "a \"b\" c", null, "Target = \"a \\\"b\\\" c\"")]
    [InlineData("Kinds", DType.Int64, "a\nb", "Kinds[\"a·b\"] = DType.Int64")]
    [InlineData("Delimiter", ';', null, "Delimiter = ';'")]
    [InlineData("Delimiter", '\t', null, @"Delimiter = '\t'")]
    [InlineData("Ignore", new[] { "a", "b" }, null, "Ignore = [\"a\", \"b\"]")]
    [InlineData("Share", 0.5, null, "Share = 0.5")]
    public void An_option_is_written_as_it_is_set(string name, object? value, string? key, string text) =>
        Assert.Equal(text, new OptionHint(name, value, key).ToString());

    [Fact]
    public void A_message_names_its_options_as_the_caller_does()
    {
        // given
        var option = new OptionHint("Share", 0.5);
        OptionMessage advice = $"try {option}";
        OptionMessage message = $"{3} rows are too few: {advice}, or {"fewer"} parts.";

        // then
        Assert.Equal("3 rows are too few: try Share = 0.5, or fewer parts.", message.ToString());
        Assert.Equal("3 rows are too few: try --share, or fewer parts.", message.ToText(static hint => "--" + hint.Name.ToLowerInvariant()));
    }

    [Fact]
    public void An_exception_keeps_its_message_with_the_options()
    {
        // given
        OptionMessage message = $"try {new OptionHint("Share")}";

        // when
        var exception = OptionMessage.InvalidData(message);

        // then
        Assert.Equal("try Share", exception.Message);
        Assert.Same(message, OptionMessage.Of(exception));
        Assert.Equal("no option", OptionMessage.Of(new FormatException("no option")).ToText(static _ => "?"));
    }
}
