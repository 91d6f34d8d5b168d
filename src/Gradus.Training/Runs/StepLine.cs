using System.Text.Json;

namespace Gradus.Training;

/// <summary>The line of a step, read without an object for it.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Loss">Its loss; NaN where it was not finite.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="GradientNorm">The norm of its gradients; NaN where it was not told.</param>
internal readonly record struct StepLine(long Step, double Loss, double LearningRate, double GradientNorm)
{
    private static ReadOnlySpan<byte> Head => "{\"event\":\"step\","u8;

    /// <summary>Reads a line as <see cref="EventJson"/> writes it; of any other, nothing is said.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out StepLine step)
    {
        step = new StepLine(0, double.NaN, double.NaN, double.NaN);
        if (!line.StartsWith(Head)) return false;
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isStep = reader.ValueTextEquals("step"u8);
                var isLoss = reader.ValueTextEquals("loss"u8);
                var isRate = reader.ValueTextEquals("lr"u8);
                var isNorm = reader.ValueTextEquals("gradient_norm"u8);
                reader.Read();
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) return false;
                if (reader.TokenType != JsonTokenType.Number) continue;
                if (isStep) step = step with { Step = reader.GetInt64() };
                else if (isLoss) step = step with { Loss = reader.GetDouble() };
                else if (isRate) step = step with { LearningRate = reader.GetDouble() };
                else if (isNorm) step = step with { GradientNorm = reader.GetDouble() };
            }

            return step.Step > 0 && !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return false;
        }
    }
}
