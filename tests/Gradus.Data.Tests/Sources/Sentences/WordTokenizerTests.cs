using System.Globalization;

namespace Gradus.Data.Tests;

public class WordTokenizerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\r\n\u00A0\u3000", "")]
    [InlineData("Not GOOD, is it?!", "not|good|,|is|it|?|!")]
    [InlineData("Don't, 'tis the dogs' ’n’ isn’t", "don't|,|'|tis|the|dogs|'|'|n|'|isn't")]
    [InlineData("a''b", "a|'|'|b")]
    [InlineData("3.5 km² in 2024-A4", "3|.|5|km²|in|2024|-|a4")]
    [InlineData("e-mail@x.org #1 50%", "e|-|mail|@|x|.|org|#|1|50|%")]
    [InlineData("Größe ÉTÉ ΟΔΟΣ МИР", "größe|été|οδοσ|мир")]
    [InlineData("cafe\u0301 \u0301x", "cafe\u0301|x")]
    [InlineData("我喜欢A4这本书。", "我|喜|欢|a4|这|本|书|。")]
    [InlineData("カレーを食べた々", "カ|レ|ー|を|食|べ|た|々")]
    [InlineData("영화가 좋다", "영화가|좋다")]
    [InlineData("หนังดี", "ห|นั|ง|ดี")]
    [InlineData("अच्छी फ़िल्म", "अच्छी|फ़िल्म")]
    [InlineData("می\u200Cخواهم so\u00ADft a\u200Bb", "میخواهم|soft|a|b")]
    [InlineData("😀👍🏽!", "😀|👍|🏽|!")]
    [InlineData("𠀀b", "𠀀|b")]
    public void A_sentence_is_cut_into_words_of_any_script(string sentence, string words)
    {
        Assert.Equal(words.Split('|', StringSplitOptions.RemoveEmptyEntries), WordTokenizer.Split(sentence));
    }

    [Fact]
    public void Half_a_character_is_a_word_of_its_own()
    {
        Assert.Equal(["a", "\uFFFD", "b"], WordTokenizer.Split("a\ud800b"));
    }

    [Fact]
    public void Words_do_not_depend_on_the_culture()
    {
        // given: in Turkish the small I has no dot
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");

            // then
            Assert.Equal(["fine"], WordTokenizer.Split("FINE"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
