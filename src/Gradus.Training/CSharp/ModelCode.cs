using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>A model's class as C#: what is asked of it, its forward pass, its test of itself. Each kind of samples is a class below.</summary>
internal abstract class ModelCode
{
    /// <summary>Samples in the test of itself.</summary>
    protected const int GoldenSamples = 3;

    // Of a sample with many outputs.
    private const int MostGoldenOutputs = 64;

    protected ModelCode(TrainedModel model, string className)
    {
        (Model, ClassName) = (model, className);
        Network = new NetworkCode();
    }

    /// <summary>The code for a model.</summary>
    public static ModelCode Of(TrainedModel model, string className)
    {
        LayerSupport.Require(model);
        return model switch
        {
            { Record.IsText: true } => new TextCode(model, className),
            { Table.Words: not null } => new SentenceCode(model, className),
            { Table: not null } => new TableCode(model, className),
            _ => new NumbersCode(model, className),
        };
    }

    /// <summary>The model.</summary>
    protected TrainedModel Model { get; }

    /// <summary>The name of the class.</summary>
    public string ClassName { get; }

    /// <summary>The forward pass.</summary>
    public NetworkCode Network { get; }

    /// <summary>What the class does, as its documentation says.</summary>
    public abstract string Summary { get; }

    /// <summary>A call: <c>Predict(…)</c>.</summary>
    public abstract string Call { get; }

    /// <summary>Writes all but the weights and the memory.</summary>
    public abstract void Write(CodeText code);

    /// <summary>Writes the type of a prediction of classes.</summary>
    protected void WriteAnswer(CodeText code)
    {
        if (Model.Record.ClassNames is not { } names) return;
        code.Summary("The classes, in the order of their probabilities.");
        code.Line($"public static IReadOnlyList<string> Classes {{ get; }} = new string[] {{ {string.Join(", ", names.Select(Identifiers.Text))} }};");
        code.Line();
        code.Summary("What is predicted.");
        code.Line("/// <param name=\"Label\">The class with the greatest probability.</param>");
        code.Line("/// <param name=\"Probability\">Its probability.</param>");
        code.Line("/// <param name=\"Probabilities\">Those of all classes.</param>");
        code.Line("public readonly record struct Prediction(string Label, float Probability, float[] Probabilities);");
        code.Line();
    }

    /// <summary>The type of what is predicted.</summary>
    protected string Answer => Model.Record.ClassNames is not null ? "Prediction" : HasOne ? "float" : "float[]";

    private bool HasOne => !Model.Reconstructs && Model.Record.Outputs == 1;

    /// <summary>Writes the way from the network's outputs to the prediction.</summary>
    protected void WriteFinish(CodeText code, Value outputs)
    {
        code.Open($"private {Answer} Finish()");
        if (Model.Record.ClassNames is not null)
        {
            Network.Uses.Add("Sums");
            code.Line(CodeText.Of($"var probabilities = Buffer({outputs.At}, {outputs.Columns}).ToArray();"));
            if (Model.Record.Calibration?.Temperature is { } temperature && temperature != 1)
            {
                code.Line($"for (var index = 0; index < probabilities.Length; index++) probabilities[index] /= (float){Identifiers.Number(temperature)};");
            }

            code.Line("Sums.Softmax(probabilities);");
            code.Line("var best = 0;");
            code.Line("for (var index = 1; index < probabilities.Length; index++) best = probabilities[index] > probabilities[best] ? index : best;");
            code.Line("return new Prediction(Classes[best], probabilities[best], probabilities);");
        }
        else if (!Model.Reconstructs && Model.Table is { Target: var target })
        {
            // Two roundings, as where the model learnt.
            code.Line(CodeText.Of($"var scaled = Buffer({outputs.At}, 1)[0] * (float){Identifiers.Number(target.Deviation)};"));
            var learnt = $"scaled + (float){Identifiers.Number(target.Mean)}";
            if (target.Transform == TargetTransform.Log) Network.Uses.Add("Logarithms");
            code.Line(target.Transform == TargetTransform.Log ? $"return Logarithms.Invert({learnt});" : $"return {learnt};");
        }
        else
        {
            code.Line(CodeText.Of($"return Buffer({outputs.At}, {outputs.Columns}){(HasOne ? "[0]" : ".ToArray()")};"));
        }

        code.Close();
    }

    /// <summary>Writes the test of itself.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="predict">The answer to a sample as C#, as numbers.</param>
    /// <param name="expected">The answer to a sample.</param>
    protected static void WriteSelfTest(CodeText code, Func<int, string> predict, Func<int, float[]> expected)
    {
        code.Summary("Compares some predictions with those that Gradus made when this code was written, to the last bit.");
        code.Line("/// <exception cref=\"InvalidOperationException\">One differs.</exception>");
        code.Open("public void SelfTest()");
        for (var sample = 0; sample < GoldenSamples; sample++)
        {
            var numbers = expected(sample);
            var bits = numbers.Take(MostGoldenOutputs).Select(static number => CodeText.Of($"0x{BitConverter.SingleToUInt32Bits(number):X8}"));
            code.Line(CodeText.Of($"Check({sample}, {predict(sample)}, {string.Join(", ", bits)});"));
        }

        code.Close();
        code.Line();
        code.Open("private static void Check(int sample, ReadOnlySpan<float> numbers, params uint[] expected)");
        code.Open("for (var index = 0; index < expected.Length; index++)");
        code.Line("var bits = BitConverter.SingleToUInt32Bits(numbers[index]);");
        code.Line("if (bits == expected[index]) continue;");
        code.Line("throw new InvalidOperationException(");
        code.Line("    FormattableString.Invariant($\"sample {sample}, output {index}: the bits are {bits:X8}, expected {expected[index]:X8}.\"));");
        code.Close();
        code.Close();
    }

    /// <summary>What the model itself says to a sample.</summary>
    protected float[] Ask(Tensor input)
    {
        using var noGrad = new NoGrad();
        using var use = Module.InUse();
        return Model.ToPredictions(Model.Network.Forward(input));
    }

    /// <summary>The numbers of an answer as C#.</summary>
    protected string AsNumbers(string answer) => Answer switch
    {
        "Prediction" => answer + ".Probabilities",
        "float" => $"new[] {{ {answer} }}",
        _ => answer,
    };
}
