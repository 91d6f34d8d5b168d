namespace Gradus.Data.Tests;

public class WordVocabularyTests
{
    [Fact]
    public void The_most_frequent_words_are_known_and_those_of_one_place_are_not()
    {
        // when
        var vocabulary = WordVocabulary.Learn(["b a, once", "a b c,", "a! Z z c"]);

        // then: equally frequent ones in the order of their characters' numbers
        Assert.Equal(["a", ",", "b", "c", "z"], vocabulary.Words);
        Assert.Equal(["a", ","], WordVocabulary.Learn(["b a, once", "a b c,", "a! Z z c"], most: 2).Words);
        Assert.Equal(7, vocabulary.Count);
        Assert.Equal("5 words: a, ,, b, c, z", vocabulary.ToString());
    }

    [Fact]
    public void A_sentence_is_cut_filled_up_and_its_unknown_words_are_told_apart_from_none()
    {
        // given
        var vocabulary = new WordVocabulary(["good", "not"]);

        // then
        Assert.Equal([3, 2, 1, 0], vocabulary.Encode("Not good!", 4));
        Assert.Equal([3, 2], vocabulary.Encode("not good at all", 2));
        Assert.Equal([0, 0], vocabulary.Encode("", 2));
        Assert.Equal(["", "(unknown)", "good", "not"], Enumerable.Range(0, 4).Select(vocabulary.WordOf));
    }

    [Fact]
    public void What_cannot_be_a_vocabulary_is_refused()
    {
        Assert.Contains("is repeated", Assert.Throws<ArgumentException>(() => new WordVocabulary(["a", "a"])).Message);
        Assert.Contains("has 0 characters", Assert.Throws<ArgumentException>(() => new WordVocabulary([""])).Message);
        Assert.Contains("has 65 characters", Assert.Throws<ArgumentException>(() => new WordVocabulary([new string('x', 65)])).Message);
        var many = Enumerable.Range(0, 65_535).Select(static number => $"{number}");
        Assert.Contains("at most 65534", Assert.Throws<ArgumentException>(() => new WordVocabulary(many)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => WordVocabulary.Learn(["a a"], most: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WordVocabulary(["a"]).Encode("a", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WordVocabulary(["a"]).WordOf(3));
        Assert.Empty(WordVocabulary.Learn([new string('x', 65) + " " + new string('x', 65)]).Words);
    }
}
