using Gradus.Training;

namespace Gradus.Tabular;

internal static class Tuning
{
    public static bool Verbose => Environment.GetEnvironmentVariable("VERBOSE") is not null;

    public static double? Dropout => Number("DROPOUT");

    private static double? Number(string name) => Environment.GetEnvironmentVariable(name) is { } text ? double.Parse(text) : null;

    public static TrainingOptions Apply(TrainingOptions options) => options with
    {
        Epochs = (int?)Number("EPOCHS") ?? options.Epochs,
        BatchSize = (int?)Number("BATCH") ?? options.BatchSize,
        LearningRate = Number("LR") ?? options.LearningRate,
        WeightDecay = Number("WD") ?? options.WeightDecay,
        Beta2 = Number("BETA2") ?? options.Beta2,
        AverageDecay = Number("EMA") is { } ema ? ema == 0 ? null : ema : options.AverageDecay,
        Patience = (int?)Number("PATIENCE") ?? options.Patience,
    };
}
