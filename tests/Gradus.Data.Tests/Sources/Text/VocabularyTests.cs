namespace Gradus.Data.Tests.Sources.Text;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Small = new(["\n", "a", "é", "🍎"]);

    [Fact]
    public void A_text_becomes_numbers_and_these_the_text_again()
    {
        // when
        var tokens = Small.Encode("aé\n🍎a");

        // then
        Assert.Equal([1, 2, 0, 3, 1], tokens);
        Assert.Equal("aé\n🍎a", Small.Decode(tokens));
        Assert.Empty(Small.Encode(""));
    }

    [Theory]
    [InlineData("abca", "'b', 'c' are not among the characters that are known: \\naé🍎")]
    [InlineData("\u001b", "'\\u{1B}' is not among")]
    [InlineData("\t", "'\\t' is not among")]
    [InlineData("\ud800", "is not among")]
    [InlineData("bcdefghijklmnopqrstuvwxyz", "'u', … are not among")]
    public void Unknown_characters_are_named_with_those_that_are_known(string text, string message)
    {
        // when
        var exception = Assert.Throws<FormatException>(() => Small.Encode(text));

        // then
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void A_large_vocabulary_is_not_printed_whole()
    {
        // when
        var text = new Vocabulary(Enumerable.Range(0x4E00, 5000).Select(char.ConvertFromUtf32)).ToString();

        // then
        Assert.Equal(200 + "… (5000 in all)".Length, text.Length);
        Assert.EndsWith("… (5000 in all)", text);
    }

    [Fact]
    public void What_is_no_vocabulary_is_refused()
    {
        // given
        string[][] lists = [[], [""], ["ab"], ["a", "a"], ["\ud800"], [null!], ["e\u0301"]];

        // then
        Assert.All(lists, static list => Assert.Throws<ArgumentException>(() => new Vocabulary(list)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Small.Decode([4]));
    }
}
