namespace Gradus.Training;

/// <summary>A model of pictures, or of other samples of numbers.</summary>
internal sealed class NumbersCode(TrainedModel model, string className) : ModelCode(model, className)
{
    private bool IsPicture => Model.Record.InputShape is [_, _, _];

    private bool IsPlain => Model.Record is { InputMean: 0, InputDeviation: 1 };

    private string Shape => string.Join(" × ", Model.Record.InputShape.Select(static size => CodeText.Of($"{size}")));

    private int Count => Model.Record.InputShape.Aggregate(1, static (product, size) => product * size);

    public override string Summary =>
        $"{Model.Record.Model}: {(Model.Reconstructs ? "gives back" : Model.Record.ClassNames is null ? "predicts numbers of" : "tells the class of")} " +
        $"{(IsPicture ? "a picture" : "numbers")}, {Shape}.";

    public override string Call => IsPicture ? "Predict(pixels)" : "Predict(numbers)";

    public override void Write(CodeText code)
    {
        var input = Network.Input(Model.Record.InputShape);
        var outputs = Network.Forward("", Model.Network, input);
        WriteAnswer(code);
        if (IsPicture)
        {
            code.Summary($"Predicts from pixels, {Shape}: channel by channel, each row by row.");
            WritePredict(code, "byte", "pixels", input, "NumberOf[pixels[index]]");
            code.Line();
        }

        var what = IsPicture ? "pixels" : "numbers";
        code.Summary(IsPicture ? $"Predicts from pixels from 0 to 1, {Shape}: channel by channel, each row by row." : $"Predicts from numbers, {Shape}.");
        WritePredict(code, "float", what, input, IsPlain ? $"{what}[index]" : $"(float)(({what}[index] - Mean) / Deviation)");
        code.Line();
        WriteSelfTest(code, sample => AsNumbers(CodeText.Of($"Predict(Pattern({sample}))")), sample => Ask(Prepared(sample)));
        code.Line();
        WriteConstants(code);
        WriteFinish(code, outputs);
    }

    private void WritePredict(CodeText code, string type, string name, Value input, string number)
    {
        code.Line($"/// <exception cref=\"ArgumentException\">There are more or fewer.</exception>");
        code.Open($"public {Answer} Predict(ReadOnlySpan<{type}> {name})");
        code.Line(CodeText.Of($"if ({name}.Length != {Count})"));
        code.Line(CodeText.Of($"    throw new ArgumentException($\"Got {{{name}.Length}} {name}, expected {Count}.\", nameof({name}));"));
        code.Line(CodeText.Of($"var inputs = Buffer({input.At}, {Count});"));
        code.Line($"for (var index = 0; index < inputs.Length; index++) inputs[index] = {number};");
        code.Line("Forward();");
        code.Line("return Finish();");
        code.Close();
    }

    private void WriteConstants(CodeText code)
    {
        if (!IsPlain)
        {
            code.Line($"private const double Mean = {Identifiers.Number(Model.Record.InputMean)};");
            code.Line();
            code.Line($"private const double Deviation = {Identifiers.Number(Model.Record.InputDeviation)};");
            code.Line();
        }

        if (IsPicture)
        {
            code.Line("private static readonly float[] NumberOf = MakeNumbers();");
            code.Line();
            code.Open("private static float[] MakeNumbers()");
            code.Line("var numbers = new float[256];");
            var number = IsPlain ? "pixel / 255.0" : "((pixel / 255.0) - Mean) / Deviation";
            code.Line($"for (var pixel = 0; pixel < 256; pixel++) numbers[pixel] = (float)({number});");
            code.Line("return numbers;");
            code.Close();
            code.Line();
            code.Open("private static byte[] Pattern(int sample)");
            code.Line(CodeText.Of($"var pixels = new byte[{Count}];"));
            code.Line("for (var index = 0; index < pixels.Length; index++) pixels[index] = (byte)((index * 37) + (sample * 101));");
            code.Line("return pixels;");
        }
        else
        {
            code.Open("private static float[] Pattern(int sample)");
            code.Line(CodeText.Of($"var numbers = new float[{Count}];"));
            code.Line("for (var index = 0; index < numbers.Length; index++) numbers[index] = (((index * 37) + (sample * 11)) % 64 - 32) / 16f;");
            code.Line("return numbers;");
        }

        code.Close();
        code.Line();
    }

    private Tensor Prepared(int sample)
    {
        var (mean, deviation) = (Model.Record.InputMean, Model.Record.InputDeviation);
        var numbers = new float[Count];
        for (var index = 0; index < numbers.Length; index++)
        {
            var number = IsPicture ? (byte)((index * 37) + (sample * 101)) / 255.0 : ((((index * 37) + (sample * 11)) % 64) - 32) / 16f;
            numbers[index] = (float)((number - mean) / deviation);
        }

        return Tensor.From(numbers, [1, .. Model.Record.InputShape]);
    }
}
