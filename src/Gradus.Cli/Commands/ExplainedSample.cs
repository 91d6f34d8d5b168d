using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>A sample, what a model says of it, and which of its outputs is explained.</summary>
/// <param name="Model">The model.</param>
/// <param name="Number">The sample's number, or its line in the file.</param>
/// <param name="Input">The sample as the network takes it, [1, …].</param>
/// <param name="Label">The class that it has, where that is known.</param>
/// <param name="Values">The classes' probabilities, or the values in the target's units.</param>
/// <param name="Output">The output that is explained.</param>
/// <param name="Score">That output as the network gives it: the logit of a class, or the standardized value.</param>
internal sealed record ExplainedSample(TrainedModel Model, int Number, Tensor Input, string? Label, float[] Values, int Output, double Score)
{
    /// <summary>What stands before the number.</summary>
    public required string RowName { get; init; }

    /// <summary>The classes, or null where the model gives numbers.</summary>
    public string[]? Classes => Model.Record.ClassNames;

    /// <summary>Whether the sample is a sentence.</summary>
    public bool IsSentence => Model.TextColumn is not null;

    /// <inheritdoc cref="Training.InputNames.Of"/>
    public IReadOnlyList<string>? InputNames => Training.InputNames.Of(Model, Input);

    /// <summary>The output that the model says.</summary>
    public int Best => Array.IndexOf(Values, Values.Max());

    /// <summary>What is explained.</summary>
    public string Asked => Classes?[Output] ?? Model.Record.ReadTable()?.Target.Name ?? FormattableString.Invariant($"output {Output}");

    /// <summary><c>sample 3: a 7 (0.9987), labeled 7; explained: 7</c>.</summary>
    public string Title
    {
        get
        {
            var said = Classes is { } classes
                ? FormattableString.Invariant($"{classes[Best]} ({Values[Best]:0.0000})")
                : FormattableString.Invariant($"{Values[Best]:G7}");
            var label = Label is null ? "" : $", labeled {Label}";
            return FormattableString.Invariant($"{RowName} {Number}: {said}{label}; explained: {Asked}, score {Score:G5}");
        }
    }

    /// <summary>Lets the model say what it says.</summary>
    /// <exception cref="UsageException">There is no such class.</exception>
    public static ExplainedSample Of(TrainedModel model, string rowName, (Dataset Data, int Row, int Number) found, string? name)
    {
        var outputs = Evaluation.Predict(model.Network, found.Data.Select([found.Row])).Single().Outputs;
        var values = model.ToPredictions(outputs);
        var output = name is null ? Array.IndexOf(values, values.Max()) : OutputOf(model, name);
        var label = found.Data.Labels is { } labels ? found.Data.ClassNames![labels[found.Row]] : null;
        return new ExplainedSample(model, found.Number, found.Data.InputTensor([found.Row]), label, values, output, outputs.Flatten()[output].Item())
        {
            RowName = rowName,
        };
    }

    private static int OutputOf(TrainedModel model, string name)
    {
        if (model.Record.ClassNames is not { } classes) throw new UsageException($"--class: this model gives a number, not classes. Leave it out.");
        var output = Array.IndexOf(classes, name);
        return output >= 0 ? output
            : throw new UsageException($"--class: '{PlainText.Quote(name)}' is no class of the model. There are: {PlainText.QuoteAll(classes, 100)}.");
    }
}
