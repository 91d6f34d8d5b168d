namespace Gradus.Training;

/// <summary>A model of sentences: it takes a text, which it cuts into words.</summary>
internal sealed class SentenceCode(TrainedModel model, string className) : ModelCode(model, className)
{
    private static readonly string[] Rests = ["", "!?", " ยินดี 你好 it's"];

    public override string Summary =>
        $"{Model.Record.Model}: {(Model.Record.ClassNames is null ? "predicts the number" : "tells the class")} {Model.Table!.Target.Name} of a sentence.";

    public override string Call => "Predict(\"…\")";

    public override void Write(CodeText code)
    {
        Network.Uses.Add("Words");
        Network.Uses.Add("Cells");
        var outputs = Network.ForwardSentence(Model.Network, Model.Table!.Length);
        WriteAnswer(code);
        code.Summary(CodeText.Of($"Predicts from a sentence, of which the first {Model.Table.Length} words count. Null and words such as NA stand for none."));
        code.Open($"public {Answer} Predict(string? sentence)");
        code.Line("_tokens[0] = 0;");
        code.Line("Forward(Math.Max(1, Words.Encode(Cells.Text(sentence) ?? \"\", Numbers, _tokens)));");
        code.Line("return Finish();");
        code.Close();
        code.Line();
        WriteSelfTest(code, sample => AsNumbers($"Predict({Identifiers.Text(Golden(sample))})"), sample => Ask(Encoded(sample)));
        code.Line();
        code.Line($"private static readonly Dictionary<string, int> Numbers = Words.Numbers(");
        code.Line("[");
        foreach (var words in Model.Table.Words!.Words.Chunk(12)) code.Line($"    {string.Join(", ", words.Select(Identifiers.Text))},");
        code.Line("]);");
        code.Line();
        code.Line(CodeText.Of($"private readonly int[] _tokens = new int[{Model.Table.Length}];"));
        code.Line();
        WriteFinish(code, outputs);
    }

    private string Golden(int sample)
    {
        var words = Model.Table!.Words!.Words;
        var some = words.Count == 0 ? [] : Enumerable.Range(0, 2 + (3 * sample)).Select(index => words[((index * 7) + sample) % words.Count]);
        return string.Join(" ", some) + Rests[sample % Rests.Length];
    }

    private Tensor Encoded(int sample)
    {
        var tokens = Model.Table!.Words!.Encode(Golden(sample), Model.Table.Length);
        return Tensor.From([.. tokens.Select(static token => (long)token)], [1, tokens.Length]);
    }
}
