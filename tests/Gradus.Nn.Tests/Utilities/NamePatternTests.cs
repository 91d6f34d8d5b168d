namespace Gradus.Nn.Tests.Utilities;

public class NamePatternTests
{
    [Theory]
    [InlineData("encoder", "encoder.0.weight", true)]
    [InlineData("encoder", "encoders.0.weight", false)]
    [InlineData("*", "", true)]
    [InlineData("*.bias", "0.bias", true)]
    [InlineData("*.bias", "0.bias.x", false)]
    [InlineData("h.*.c_*", "h.3.attn.c_attn.weight", true)]
    [InlineData("h.?.attn", "h.3.attn", true)]
    [InlineData("h.?.attn", "h.13.attn", false)]
    [InlineData("*a*b", "aabab", true)]
    [InlineData("*a*b", "aaba", false)]
    [InlineData("a**", "a", true)]
    public void A_star_stands_for_any_letters_and_a_name_for_all_below_it(string pattern, string name, bool matches)
    {
        // when, then
        Assert.Equal(matches, NamePattern.Matches(pattern, name));
    }

    [Fact]
    public void Many_stars_take_no_time()
    {
        // given
        var (pattern, name) = (string.Concat(Enumerable.Repeat("*a", 5_000)) + "b", new string('a', 10_000));

        // when, then
        Assert.False(NamePattern.Matches(pattern, name));
    }

    [Theory]
    [InlineData("0.wieght", "0.weight")]
    [InlineData("encodre", "encoder")]
    [InlineData("somewhere.else", null)]
    public void The_name_that_was_perhaps_meant_has_few_letters_changed(string word, string? expected)
    {
        // when, then
        Assert.Equal(expected, NearestName.Of(word, ["0.weight", "0.bias", "encoder.layers.0.weight"]));
    }
}
