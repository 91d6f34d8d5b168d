using System.Text.Json;

namespace Gradus.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("0.weight", "0.weight")]
    [InlineData("größe · 尺寸 😀 مرحبا", "größe · 尺寸 😀 مرحبا")]
    [InlineData("a\u001b[31mb\r\nc\0\u007f\u0085", "a·[31mb··c···")]
    [InlineData("a\u202Eb\u2066c\u200Fd\u061C", "a·b·c·d·")]
    public void What_moves_a_cursor_turns_the_direction_or_is_no_character_is_replaced(string text, string expected)
    {
        // when, then
        Assert.Equal(expected, PlainText.Of(text));
    }

    [Fact]
    public void Halves_of_characters_are_replaced()
    {
        // when, then: no attribute can hold them
        Assert.Equal("·a····", PlainText.Of("\ud800a\udc00\uFFFE\uFFFF\u2028"));
    }

    [Fact]
    public void A_quote_is_cut_and_tells_how_long_the_text_is()
    {
        // given: a pair of surrogates at the place of the cut
        var text = new string('x', 119) + "😀" + new string('y', 1_000_000);

        // when
        var quote = PlainText.Quote(text);

        // then
        Assert.Equal(new string('x', 119) + "… (1000121 characters)", quote);
    }

    [Fact]
    public void Of_many_words_some_are_quoted()
    {
        // when, then
        Assert.Equal("1, 2", PlainText.QuoteAll([1, 2]));
        Assert.Equal("0, 1, … (1000 in all)", PlainText.QuoteAll(Enumerable.Range(0, 1000), 2));
    }

    [Fact]
    public void JSON_keeps_its_meaning()
    {
        // given
        const string Json = "{\"a\u202Eb\":\"c\u2028\"}";

        // when
        var plain = PlainText.OfJson(Json);

        // then
        Assert.Equal("{\"a\\u202eb\":\"c\\u2028\"}", plain);
        Assert.Equal("c\u2028", JsonDocument.Parse(plain).RootElement.GetProperty("a\u202Eb").GetString());
    }
}
