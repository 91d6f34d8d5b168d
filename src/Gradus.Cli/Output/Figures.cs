using System.Globalization;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Figures as a person reads them.</summary>
internal static class Figures
{
    /// <summary>The figures of an evaluation: <c>loss 0.0712, accuracy 98.31 %</c>.</summary>
    public static string Of(Evaluation evaluation)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"loss {evaluation.Loss:0.0000}");
        if (evaluation.Accuracy is { } accuracy) text += string.Create(CultureInfo.InvariantCulture, $", accuracy {accuracy * 100:0.00} %");
        if (evaluation.RootMeanSquaredError is { } error) text += string.Create(CultureInfo.InvariantCulture, $", RMSE {error:G6}");
        return text;
    }

    /// <summary>An epoch: <c>epoch  3  train loss 0.0712  valid loss …</c>.</summary>
    public static string Of(EpochDone epoch, double samplesPerSecond)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch,3}  train loss {epoch.TrainLoss:0.0000}");
        if (epoch.Valid is { } valid) text += $"  valid {Of(valid)}";
        return text + string.Create(CultureInfo.InvariantCulture, $"  {samplesPerSecond,9:N0} samples/s  {epoch.Seconds,6:0.0} s{(epoch.IsBest ? "  best" : "")}");
    }
}
