using System.Text.Json;

namespace Gradus.Training;

/// <summary>The figures of a step, read straight from its line: there may be millions, which an object for each would take ten times as long.</summary>
/// <param name="Step">The step; NaN where the line does not say it, as with the other figures.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="GradientNorm">The norm of its gradients.</param>
internal readonly record struct StepLine(double Step, double Loss, double LearningRate, double GradientNorm)
{
    /// <summary>Whether a line is that of a step, as <see cref="EventJson"/> writes it.</summary>
    public static bool Is(ReadOnlySpan<byte> line) => line.StartsWith("{\"event\":\"step\","u8);

    /// <summary>Reads a line; null if it is damaged.</summary>
    public static StepLine? Read(ReadOnlySpan<byte> line)
    {
        var (step, loss, rate, norm) = (double.NaN, double.NaN, double.NaN, double.NaN);
        var json = new Utf8JsonReader(line);
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth > 1) continue;
                if (json.ValueTextEquals("step"u8)) step = Number(ref json);
                else if (json.ValueTextEquals("loss"u8)) loss = Number(ref json);
                else if (json.ValueTextEquals("lr"u8)) rate = Number(ref json);
                else if (json.ValueTextEquals("gradient_norm"u8)) norm = Number(ref json);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What is no text, such as half a surrogate pair, is found when it is read.
            return null;
        }

        return new StepLine(step, loss, rate, norm);
    }

    private static double Number(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.Number ? json.GetDouble() : double.NaN;
}
