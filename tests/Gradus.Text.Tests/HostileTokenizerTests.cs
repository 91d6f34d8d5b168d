using System.Text;
using Gradus.Testing;

namespace Gradus.Text.Tests;

public class HostileTokenizerTests
{
    private static readonly string Good = BytePairTraining.Train("low low lower lowest", 262).ToJson();

    [Theory]
    [InlineData("", "it is not JSON")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("{}", "model: got nothing; expected an object")]
    [InlineData("""{"model": 3}""", "model: got the number 3; expected an object")]
    [InlineData("""{"model": {"type": "Unigram"}}""", "model.type: got 'Unigram'; expected BPE (byte-level) or WordPiece")]
    [InlineData("""{"model": {"type": "BPE", "byte_fallback": true}}""", "model.byte_fallback: got true")]
    [InlineData("""{"normalizer": {"type": "NFC"}, "model": {"type": "BPE"}}""", "normalizer: got 'NFC'; expected null")]
    [InlineData("""{"pre_tokenizer": {"type": "Split"}, "model": {"type": "BPE"}}""", "pre_tokenizer.type: got 'Split'; expected ByteLevel")]
    [InlineData("""{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}""", "there is no token 'Ā' for the byte 0x00")]
    [InlineData("""{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 7}}}""", "token 'a' has the number 7; 1 tokens have those from 0 to 0")]
    [InlineData("""{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0, "b": 0}}}""", "the tokens 'a' and 'b' both have the number 0")]
    [InlineData("""{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0, "a": 0}}}""", "vocab: got the token 'a' twice")]
    [InlineData("""{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a b": 1e99}}}""", "model.vocab.a b: got the number 1e99; expected a whole number")]
    [InlineData("""{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"\ud800": 0}}}""", "half of a surrogate pair")]
    [InlineData("""{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {}}}""", "the vocabulary is empty")]
    public void A_file_that_is_no_tokenizer_of_ours_is_refused_with_place_and_reason(string json, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.FromJson(json, "some.json"));
        Assert.StartsWith("some.json: ", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData("\"lo w\"", "\"lo xyz\"", "'lo' and 'xyz' are merged, but not both of them and what they give are tokens")]
    [InlineData("\"lo w\"", "\"low\"", "model.merges: got \"low\" as number 1; expected two tokens")]
    [InlineData("\"lo w\"", "[\"lo\", 5]", "model.merges: got [\"lo\", 5] as number 1; expected two tokens")]
    public void A_merge_of_what_is_no_token_is_refused(string there, string instead, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.FromJson(Good.Replace(there, instead, StringComparison.Ordinal)));
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void A_special_token_that_takes_spaces_along_is_refused()
    {
        // given
        const string Mask = """[{"id": 262, "content": "<mask>", "lstrip": true}]""";
        var json = Good.Replace("\"added_tokens\": []", $"\"added_tokens\": {Mask}", StringComparison.Ordinal);

        // then
        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.FromJson(json));
        Assert.Contains("added_tokens[0].lstrip: got true for '<mask>'; expected false", error.Message);
    }

    [Fact]
    public void Files_that_are_missing_or_damaged_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("there is no tokenizer in this folder", Assert.Throws<InvalidDataException>(() => Tokenizer.Read(folder.Path)).Message);
        Assert.Throws<FileNotFoundException>(() => Tokenizer.Read(folder["tokenizer.json"]));

        var words = folder.Write("vocab.txt", "[UNK]\none\ntwo\none\n");
        Assert.Contains("vocab.txt: line 4: token 'one' is given twice", Assert.Throws<InvalidDataException>(() => Tokenizer.Read(words)).Message);
        folder.Write("vocab.txt", "one\ntwo\n");
        Assert.Contains("there is no token '[UNK]'", Assert.Throws<InvalidDataException>(() => Tokenizer.Read(words)).Message);

        var pairs = folder.Write("vocab.json", "{\"a\": 0}");
        Assert.Contains("merges.txt: there is no such file", Assert.Throws<FileNotFoundException>(() => Tokenizer.Read(pairs)).Message);
        folder.Write("merges.txt", "#version: 0.2\na\n");
        Assert.Contains("merges.txt: line 2: got 'a'", Assert.Throws<InvalidDataException>(() => Tokenizer.Read(pairs)).Message);
    }

    [Fact]
    public void Damaged_files_are_refused_or_read()
    {
        // given
        var text = Good;
        string[] signs = ["{", "}", "[", "]", "null", "-1", "99999999999", "\"", "\\ud800", "true", ":", ",", "\"type\""];
        byte[][] words = [.. signs.Select(Encoding.UTF8.GetBytes)];

        // when
        var (refused, _) = Fuzz.Run([Encoding.UTF8.GetBytes(text)], words, cases: 400, static bytes =>
        {
            try
            {
                _ = TokenizerJson.Parse(bytes, "damaged.json").Encode("lower than low");
                return true;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        });

        // then
        Assert.InRange(refused, 1, 400);
    }
}
