using System.Text;

namespace Gradus.Data.Tests.Sources.Text;

public sealed class TextFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_end_of_a_text_is_for_validation_and_its_characters_are_numbered_by_code_point()
    {
        // given
        var path = _folder.Write("t.txt", "zebra, äpfel\n🍎 " + new string('a', 85));

        // when
        var (train, valid, test) = TextFile.Load(path, new TextOptions { Context = 4 });

        // then: 🍎 is one character
        Assert.Equal((90, 10, 0), (train.Length, valid.Length, test.Length));
        Assert.Equal(["\n", " ", ",", "a", "b", "e", "f", "l", "p", "r", "z", "ä", "🍎"], train.ClassNames!);
        Assert.Equal([10, 5, 4, 9], Tokens(train, 0));
        Assert.Equal([0, 12, 1, 3], Tokens(train, 3));
        Assert.Equal("t.txt: 90 tokens, 13 different ones, in windows of 4", train.ToString());
    }

    [Fact]
    public void A_compressed_text_and_one_with_a_byte_order_mark_are_the_text_itself()
    {
        // given
        var content = string.Concat(Enumerable.Repeat("né🍎", 50));
        var bytes = Encoding.UTF8.GetBytes(content);
        string[] paths = [_folder.Write("a", bytes), _folder.Write("b", TempFolder.Zip(bytes)), _folder.Write("c", [0xEF, 0xBB, 0xBF, .. bytes])];

        // when
        var texts = paths.Select(path => TextFile.Load(path, new TextOptions { Context = 8, ValidationShare = 0 }).Train).ToArray();

        // then
        Assert.All(texts, text => Assert.Equal((150, 3), (text.Length, text.ClassNames!.Count)));
        Assert.All(texts, text => Assert.Equal(Tokens(texts[0], 5), Tokens(text, 5)));
    }

    [Fact]
    public void A_character_is_read_wherever_the_buffer_ends()
    {
        // given: characters of three bytes, which do not divide the buffer's 65,536
        var path = _folder.Write("t", string.Concat(Enumerable.Repeat("漢字", 40_000)));

        // when
        var text = TextFile.Load(path, new TextOptions { Context = 80_000 - 1, ValidationShare = 0 }).Train;

        // then
        Assert.Equal(Enumerable.Range(0, 79_999).Select(static place => 1 - (place % 2)), Tokens(text, 0));
    }

    [Fact]
    public void A_vocabulary_of_more_characters_than_a_token_can_number_is_refused()
    {
        // given: the last of 70,000 characters would be cut to number 4463
        var vocabulary = new Vocabulary(Enumerable.Range(0x20000, 70_000).Select(char.ConvertFromUtf32));
        var path = _folder.Write("t", string.Concat(Enumerable.Repeat(vocabulary.Characters[69_999], 20)));

        // when
        var options = new TextOptions { Context = 4, ValidationShare = 0, Vocabulary = vocabulary };
        var error = Assert.Throws<InvalidDataException>(() => TextFile.Load(path, options));

        // then
        Assert.Contains("a vocabulary of 70,000 characters; a text is kept as numbers below 65,536", error.Message);
    }

    [Theory]
    [InlineData("the file is empty")]
    [InlineData("the file is empty", 0xEF, 0xBB, 0xBF)]
    [InlineData("this is a PNG picture, no text", 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A)]
    [InlineData("convert it first: iconv -f UTF-16 -t UTF-8", 0xFF, 0xFE, 0x41, 0x00)]
    [InlineData("byte 1 (0xFF) is not UTF-8. If this is text, convert it first", 0x41, 0xFF, 0x41)]
    [InlineData("byte 2 (0xC3) is not UTF-8", 0x41, 0x41, 0xC3)]
    [InlineData("byte 0 (0xED) is not UTF-8", 0xED, 0xA0, 0x80)]
    [InlineData("3 characters are too few for windows of 64, 0 of them for validation; expected at least 650, or a shorter context", 0x41, 0x41, 0x41)]
    public void What_is_no_text_or_too_little_is_told(string message, params int[] bytes)
    {
        // given
        var path = _folder.Write("t.txt", [.. bytes.Select(static value => (byte)value)]);

        // when
        var exception = Assert.Throws<InvalidDataException>(() => TextFile.Load(path));

        // then
        Assert.StartsWith(path + ": ", exception.Message);
        Assert.Contains(message, exception.Message);
    }

    [Theory]
    [InlineData(650, 64, 0.1)]
    [InlineData(65, 64, 0)]
    [InlineData(2, 1, 0)]
    public void The_least_that_is_expected_is_enough(int characters, int context, double valid)
    {
        // given
        string enough = _folder.Write("a", new string('x', characters)), tooFew = _folder.Write("b", new string('x', characters - 1));
        var options = new TextOptions { Context = context, ValidationShare = valid };

        // when
        var (train, validation, _) = TextFile.Load(enough, options);
        var exception = Assert.Throws<InvalidDataException>(() => TextFile.Load(tooFew, options));

        // then
        Assert.True(train.Count >= 1 && (valid == 0 || validation.Count >= 1));
        Assert.Contains($"expected at least {characters},", exception.Message);
    }

    [Fact]
    public void A_given_vocabulary_numbers_the_characters_and_refuses_others()
    {
        // given
        var options = new TextOptions { Context = 2, ValidationShare = 0, Vocabulary = new Vocabulary(["b", "a", "c"]) };

        // when
        var text = TextFile.Load(_folder.Write("a", "abba"), options).Train;
        var exception = Assert.Throws<InvalidDataException>(() => TextFile.Load(_folder.Write("b", "abé\u001b"), options));

        // then
        Assert.Equal([1, 0], Tokens(text, 0));
        Assert.EndsWith("byte 2: 'é' is not among the characters that are known: bac", exception.Message);
    }

    [Fact]
    public void A_missing_file_a_folder_and_a_cut_off_archive_are_told()
    {
        // given
        var zip = TempFolder.Zip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000))));
        var cut = _folder.Write("cut.gz", zip[..^10]);

        // then
        Assert.Contains("no such file", Assert.Throws<FileNotFoundException>(() => TextFile.Load(Path.Combine(_folder.Path, "none"))).Message);
        Assert.Contains("got a folder", Assert.Throws<FileNotFoundException>(() => TextFile.Load(_folder.Path)).Message);
        Assert.StartsWith(cut, Assert.Throws<InvalidDataException>(() => TextFile.Load(cut)).Message);
    }

    [Fact]
    public void Reading_takes_about_two_bytes_a_character()
    {
        // given
        var path = _folder.Write("t", string.Concat(Enumerable.Repeat("To be, or not to be. ", 100_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        // when
        var train = TextFile.Load(path).Train;

        // then: and some buffers
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 4_200_000, 6_000_000);
        Assert.Equal(1_890_000, train.Length);
    }

    private static int[] Tokens(Dataset text, int window)
    {
        var tokens = new int[text.Inputs.Size];
        text.CopyTokens([window], tokens);
        return tokens;
    }
}
